package io.neffos.sample;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says. Comes from outside, so its length is bounded.
 *
 * @param text the text
 */
record Line(String text) {

	private static final int LONGEST = 2000;

	Line(@Nullable String text) {
		String given = (text != null) ? text : "";
		this.text = (given.length() <= LONGEST) ? given : given.substring(0, LONGEST);
	}

}
