package io.neffos.framing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Streams of some frames, valid ones mostly, of which some are changed or cut. */
public final class RandomStreams {

	private static final String[] CHARACTERS = { "a", "Z", "\u007f", "\u0080", "\u03ba", "\u07ff", "\u0800", "\ud7ff",
			"\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff" };

	private static final int[] CODES = { 999, 1000, 1001, 1003, 1004, 1005, 1006, 1007, 1014, 1015, 2999, 3000, 4999,
			5000, 65535 };

	private RandomStreams() {
	}

	/**
	 * The next stream.
	 * @param random decides all
	 * @param max the largest message; some are larger
	 */
	public static byte[] next(Random random, int max) {
		ClientFrames frames = new ClientFrames(random);
		boolean open = false;
		for (int i = 1 + random.nextInt(6); i > 0; i--) {
			int kind = random.nextInt(20);
			if (kind < 4) {
				frames.frame(0x89 + (kind & 1), content(random, random.nextInt(126)));
			}
			else if (kind == 4) {
				frames.close(CODES[random.nextInt(CODES.length)], random.nextBoolean() ? "" : "why \u2603");
			}
			else if (kind == 19) {
				frames.frame(0x88, (byte) 3, (byte) 0xe8, (byte) 0xe2, (byte) (0x80 + random.nextInt(0x50)),
						(byte) 0x80);
			}
			else if (kind == 5) {
				frames.frame(random.nextInt(256), content(random, random.nextInt(130)));
			}
			else {
				boolean fin = random.nextBoolean();
				int opcode = open ? 0 : 1 + random.nextInt(4) / 3;
				byte[] content = content(random, random.nextInt((kind == 6) ? max + max / 6 : max / 4));
				int lengthBytes = (random.nextInt(6) == 0) ? 8 : (content.length < 126) ? 0 : 2;
				frames.frame((fin ? 0x80 : 0) | opcode, lengthBytes, content);
				open = !fin;
			}
		}
		byte[] stream = frames.toBytes();
		if (random.nextInt(3) == 0) {
			stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return (random.nextInt(4) == 0) ? Arrays.copyOf(stream, random.nextInt(stream.length + 1)) : stream;
	}

	/** Mostly text, sometimes cut within a character or not text at all. */
	private static byte[] content(Random random, int length) {
		byte[] bytes = new byte[length];
		if (random.nextInt(12) == 0) {
			random.nextBytes(bytes);
			return bytes;
		}
		StringBuilder text = new StringBuilder();
		int variety = random.nextBoolean() ? 2 : CHARACTERS.length;
		while (text.length() < length) {
			text.append(CHARACTERS[random.nextInt(variety)]);
		}
		byte[] encoded = text.toString().getBytes(StandardCharsets.UTF_8);
		int end = Math.min(encoded.length, length);
		if (random.nextInt(4) != 0) {
			while (end < encoded.length && end > 0 && (encoded[end] & 0xc0) == 0x80) {
				end--;
			}
		}
		return Arrays.copyOf(encoded, end);
	}

}
