package io.neffos.framing;

/**
 * Checks UTF-8 that arrives in pieces (RFC 3629): no overlong forms, no surrogates,
 * nothing above U+10FFFF. Tells the first byte with which no text can begin.
 */
final class Utf8 {

	/** Between characters; where a text begins and has to end. */
	static final byte COMPLETE = 0;

	/** No text begins like this. */
	static final byte BROKEN = -1;

	/** So many bytes of a character are missing, any of 80 to BF. */
	private static final byte ONE_LEFT = 1;

	private static final byte TWO_LEFT = 2;

	private static final byte THREE_LEFT = 3;

	/** After lead bytes which restrict the second byte. */
	private static final byte AFTER_E0 = 4;

	private static final byte AFTER_ED = 5;

	private static final byte AFTER_F0 = 6;

	private static final byte AFTER_F4 = 7;

	private Utf8() {
	}

	/**
	 * Check the next piece.
	 * @param state the state after the piece before
	 * @return the state after this piece, {@link #BROKEN} if it cannot be text
	 */
	static byte check(byte state, byte[] bytes, int from, int to) {
		byte now = state;
		int i = from;
		while (i < to && now != BROKEN) {
			if (now == COMPLETE && bytes[i] >= 0) {
				i = Math.max(i + 1, Mask.skipAscii(bytes, i, to));
			}
			else {
				now = next(now, bytes[i] & 0xff);
				i++;
			}
		}
		return now;
	}

	private static byte next(byte state, int unit) {
		return switch (state) {
			case COMPLETE -> lead(unit);
			case ONE_LEFT -> within(unit, 0x80, 0xbf, COMPLETE);
			case TWO_LEFT -> within(unit, 0x80, 0xbf, ONE_LEFT);
			case THREE_LEFT -> within(unit, 0x80, 0xbf, TWO_LEFT);
			case AFTER_E0 -> within(unit, 0xa0, 0xbf, ONE_LEFT);
			case AFTER_ED -> within(unit, 0x80, 0x9f, ONE_LEFT);
			case AFTER_F0 -> within(unit, 0x90, 0xbf, TWO_LEFT);
			case AFTER_F4 -> within(unit, 0x80, 0x8f, TWO_LEFT);
			default -> BROKEN;
		};
	}

	private static byte within(int unit, int low, int high, byte next) {
		return (unit >= low && unit <= high) ? next : BROKEN;
	}

	private static byte lead(int unit) {
		if (unit < 0x80) {
			return COMPLETE;
		}
		if (unit < 0xe0) {
			return (unit >= 0xc2) ? ONE_LEFT : BROKEN;
		}
		return switch (unit) {
			case 0xe0 -> AFTER_E0;
			case 0xed -> AFTER_ED;
			case 0xf0 -> AFTER_F0;
			case 0xf1, 0xf2, 0xf3 -> THREE_LEFT;
			case 0xf4 -> AFTER_F4;
			default -> (unit < 0xf0) ? TWO_LEFT : BROKEN;
		};
	}

}
