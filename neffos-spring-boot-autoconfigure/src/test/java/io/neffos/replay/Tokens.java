package io.neffos.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The recorded wait tokens of one side, and those that ours used instead. */
final class Tokens {

	private final Pattern recorded;

	private final Pattern ours;

	private final Map<String, String> known = new HashMap<>();

	private Tokens(String placeholder, String shape) {
		this.recorded = Pattern.compile("(" + placeholder + ")(;.*)", Pattern.DOTALL);
		this.ours = Pattern.compile("(" + shape + ");.*", Pattern.DOTALL);
	}

	/** Those of a server are digits. */
	static Tokens ofServer() {
		return new Tokens("S\\d+", "\\d+");
	}

	/** Those of a client are digits after a dollar. */
	static Tokens ofClient() {
		return new Tokens("\\$T\\d+", "\\$\\d+");
	}

	/** The peer's frame as ours has to get it; {@code null} if ours never asked. */
	@Nullable Step translate(Step step) {
		Matcher matcher = this.recorded.matcher(step.text());
		if (!matcher.matches()) {
			return step;
		}
		String token = this.known.get(matcher.group(1));
		return (token != null) ? step.text(token + matcher.group(2)) : null;
	}

	/**
	 * The frame that is expected of ours, with the token that it uses: the same one every
	 * time.
	 * @param step what was recorded
	 * @param actual the frame that ours sent
	 */
	Step learn(Step step, String actual) {
		Matcher matcher = this.recorded.matcher(step.text());
		if (!matcher.matches()) {
			return step;
		}
		Matcher used = this.ours.matcher(actual);
		if (!this.known.containsKey(matcher.group(1)) && used.matches() && !this.known.containsValue(used.group(1))) {
			this.known.put(matcher.group(1), used.group(1));
		}
		return step.text(this.known.getOrDefault(matcher.group(1), matcher.group(1)) + matcher.group(2));
	}

}
