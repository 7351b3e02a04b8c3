package io.neffos;

/**
 * Finds texts that were seen lately, so that equal ones are kept once. Of bounded size:
 * what is new takes the place of something old. Any thread; one that is late to see what
 * another has put there only shares less.
 */
final class SharedStrings {

	private static final int SIZE = 512;

	private static final int LONGEST = 256;

	private final String[] seen = new String[SIZE];

	/** An equal text, perhaps the same. */
	String share(String text) {
		if (text.length() > LONGEST) {
			return text;
		}
		int hash = text.hashCode();
		int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
		String other = this.seen[slot];
		if (text.equals(other)) {
			return other;
		}
		this.seen[slot] = text;
		return text;
	}

}
