package io.neffos.cluster;

import java.util.Arrays;

/**
 * Which numbers of another server were seen already: a broker's client repeats what it
 * sent last when it has reconnected. Numbers rise by one for each message; the highest
 * one and those shortly before it are remembered, whatever is older counts as seen. Safe
 * for use by several threads, of which one at a time is inside.
 */
final class SeenWindow {

	/** How many numbers are remembered. */
	static final int SIZE = 65_536;

	private static final int MASK = SIZE - 1;

	private final long[] bits = new long[SIZE / Long.SIZE];

	private long highest = -1;

	/**
	 * Whether a number is met for the first time.
	 * @param number 0 or more
	 */
	synchronized boolean first(long number) {
		if (number < 0 || number <= this.highest - SIZE) {
			return false;
		}
		if (number > this.highest) {
			forget(number);
			this.highest = number;
		}
		int at = (int) number & MASK;
		long bit = 1L << (at & 63);
		if ((this.bits[at >>> 6] & bit) != 0) {
			return false;
		}
		this.bits[at >>> 6] |= bit;
		return true;
	}

	/** Make place for the numbers up to the new highest one. */
	private void forget(long number) {
		if (number - SIZE >= this.highest) {
			Arrays.fill(this.bits, 0);
			return;
		}
		for (long next = this.highest + 1; next <= number; next++) {
			int at = (int) next & MASK;
			this.bits[at >>> 6] &= ~(1L << (at & 63));
		}
	}

}
