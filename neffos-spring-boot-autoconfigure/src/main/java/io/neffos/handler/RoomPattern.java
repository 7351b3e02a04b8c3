package io.neffos.handler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.util.AntPathMatcher;
import org.springframework.util.StringUtils;

/**
 * Which rooms a handler is for: every message, one room, or the rooms whose names match a
 * pattern with variables.
 */
final class RoomPattern {

	private final String text;

	private final String key;

	private final List<String> variables;

	private final AntPathMatcher matcher = new AntPathMatcher();

	private RoomPattern(String text) {
		this.text = text;
		StringBuilder keyWithoutNames = new StringBuilder();
		List<String> names = new ArrayList<>();
		int position = 0;
		while (position < text.length()) {
			char character = text.charAt(position);
			if (character == '}') {
				throw new IllegalArgumentException("'}' without '{'");
			}
			if (character != '{') {
				keyWithoutNames.append(character);
				position++;
				continue;
			}
			int end = endOfVariable(text, position);
			String variable = text.substring(position + 1, end);
			if (variable.contains(AntPathMatcher.DEFAULT_PATH_SEPARATOR)) {
				throw new IllegalArgumentException("a variable cannot reach across '/'");
			}
			int colon = variable.indexOf(':');
			String name = (colon < 0) ? variable : variable.substring(0, colon);
			if (name.isBlank() || names.contains(name)) {
				throw new IllegalArgumentException("variable '" + name + "' is unnamed or declared twice");
			}
			if (colon >= 0 && Pattern.compile(variable.substring(colon + 1)).matcher("").groupCount() > 0) {
				throw new IllegalArgumentException("groups in a variable must be written (?:...)");
			}
			names.add(name);
			keyWithoutNames.append('{').append(variable, name.length(), variable.length()).append('}');
			position = end + 1;
		}
		this.key = keyWithoutNames.toString();
		this.variables = List.copyOf(names);
		for (String segment : StringUtils.tokenizeToStringArray(text, AntPathMatcher.DEFAULT_PATH_SEPARATOR, false,
				true)) {
			this.matcher.match(segment, "compiles-the-segment");
		}
	}

	/**
	 * Read a pattern.
	 * @param text the pattern, empty for every message
	 * @return the pattern
	 * @throws IllegalArgumentException if it is none
	 */
	static RoomPattern of(String text) {
		return new RoomPattern(text);
	}

	private static int endOfVariable(String text, int begin) {
		int depth = 0;
		for (int i = begin; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == '\\') {
				i++;
			}
			else if (character == '{') {
				depth++;
			}
			else if (character == '}' && --depth == 0) {
				return i;
			}
		}
		throw new IllegalArgumentException("'{' without '}'");
	}

	/** Whether every message is taken, for a room or not. */
	boolean isEvery() {
		return this.text.isEmpty();
	}

	/** Whether one room is named. */
	boolean isLiteral() {
		return !isEvery() && !this.matcher.isPattern(this.text);
	}

	/**
	 * Equal for patterns that always match the same rooms but for the names of variables.
	 */
	String key() {
		return this.key;
	}

	List<String> variables() {
		return this.variables;
	}

	boolean matches(String room) {
		if (isEvery()) {
			return true;
		}
		return isLiteral() ? this.text.equals(room) : !room.isEmpty() && this.matcher.match(this.text, room);
	}

	/** The variables of a room that matches. */
	Map<String, String> variablesOf(String room) {
		return this.variables.isEmpty() ? Map.of() : this.matcher.extractUriTemplateVariables(this.text, room);
	}

	/**
	 * Most specific first; of equally specific ones the text decides, so that it is
	 * stable.
	 */
	Comparator<RoomPattern> mostSpecificFor(String room) {
		Comparator<String> bySpecificity = this.matcher.getPatternComparator(room);
		return Comparator.comparing((RoomPattern pattern) -> pattern.text,
				bySpecificity.thenComparing(Comparator.naturalOrder()));
	}

	@Override
	public String toString() {
		return this.text;
	}

}
