package io.neffos.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The masking of what clients send (RFC 6455 section 5.3). A mask is an {@code int} whose
 * most significant byte is for the next byte.
 */
final class Mask {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private Mask() {
	}

	/**
	 * Unmask bytes in place.
	 * @return whether all of them are ASCII, which costs nothing to find out on the way
	 */
	static boolean remove(byte[] bytes, int from, int to, int mask) {
		long wide = ((long) mask << 32) | (mask & 0xffffffffL);
		if (LITTLE) {
			wide = Long.reverseBytes(wide);
		}
		long seen = 0;
		int i = from;
		for (; i <= to - Long.BYTES; i += Long.BYTES) {
			long clear = (long) LONGS.get(bytes, i) ^ wide;
			LONGS.set(bytes, i, clear);
			seen |= clear;
		}
		for (int rest = mask; i < to; i++) {
			rest = Integer.rotateLeft(rest, Byte.SIZE);
			bytes[i] ^= (byte) rest;
			seen |= bytes[i];
		}
		return (seen & HIGH_BITS) == 0;
	}

	/**
	 * The mask for what follows after some bytes.
	 */
	static int after(int mask, int count) {
		return Integer.rotateLeft(mask, Byte.SIZE * (count & 3));
	}

	/**
	 * Count ASCII bytes from an index on, eight at a time.
	 * @return the index of the first eight that are not all ASCII, or of fewer than eight
	 */
	static int skipAscii(byte[] bytes, int from, int to) {
		int i = from;
		while (i <= to - Long.BYTES && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
			i += Long.BYTES;
		}
		return i;
	}

}
