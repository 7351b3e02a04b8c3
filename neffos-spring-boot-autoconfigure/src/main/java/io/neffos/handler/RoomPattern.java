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

	/**
	 * A pattern for every message last, those with {@code **} before it; otherwise more
	 * literal characters first, then fewer wildcards, then fewer variables that take
	 * anything. The text decides between equals, so that the order is stable.
	 */
	static final Comparator<RoomPattern> MOST_SPECIFIC_FIRST = Comparator.comparing(RoomPattern::isEvery)
		.thenComparing((pattern) -> pattern.text.contains("**"))
		.thenComparing((pattern) -> -pattern.literals)
		.thenComparing((pattern) -> pattern.wildcards)
		.thenComparing((pattern) -> pattern.openVariables)
		.thenComparing((pattern) -> pattern.text);

	private final String text;

	private final String key;

	private final List<String> variables;

	private final int literals;

	private final int wildcards;

	private final int openVariables;

	private final AntPathMatcher matcher = new AntPathMatcher();

	private RoomPattern(String text) {
		this.text = text;
		StringBuilder keyWithoutNames = new StringBuilder();
		List<String> names = new ArrayList<>();
		int wildcardCount = 0;
		int openCount = 0;
		int literalCount = 0;
		int position = 0;
		while (position < text.length()) {
			char character = text.charAt(position);
			if (character == '}') {
				throw new IllegalArgumentException("'}' without '{'");
			}
			if (character != '{') {
				boolean wildcard = character == '*' || character == '?';
				wildcardCount += wildcard ? 1 : 0;
				literalCount += wildcard ? 0 : 1;
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
			openCount += (colon < 0) ? 1 : 0;
			keyWithoutNames.append('{').append(variable, name.length(), variable.length()).append('}');
			position = end + 1;
		}
		this.key = keyWithoutNames.toString();
		this.variables = List.copyOf(names);
		this.literals = literalCount;
		this.wildcards = wildcardCount;
		this.openVariables = openCount;
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

	@Override
	public String toString() {
		return this.text;
	}

}
