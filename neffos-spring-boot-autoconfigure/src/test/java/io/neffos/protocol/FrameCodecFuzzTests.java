package io.neffos.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

/**
 * Throws bytes and values at the codec and compares it with a slow, obvious reading of
 * the same rules. A failure names the seed; give it back as system property
 * {@code neffos.fuzz.seed} to see the failure again.
 */
class FrameCodecFuzzTests {

	private static final int ITERATIONS = 100_000;

	private static final String MARKER = "@%!semicolon@%!";

	private static final String[] PIECES = { "", ";", ";;", "1", "0", "!", "$", "#", "$7", "1!700", "n", "chat", "say",
			MARKER, "@%!semicolon", "@%!", "_OnNativeMessage", "_OnRoomJoin", "neffos(0x", "neffos(0x1(c10x2))",
			"n!effos(0x1", "\uFEFF", "é", "δωμάτιο", "🌍", "\uD83C", "\uDF0D", "\0", " " };

	private final long seed = Long.getLong("neffos.fuzz.seed", System.nanoTime());

	private final SplittableRandom random = new SplittableRandom(this.seed);

	@Test
	void randomBytes() {
		for (int i = 0; i < ITERATIONS; i++) {
			byte[] bytes = new byte[this.random.nextInt(60)];
			this.random.nextBytes(bytes);
			for (int j = this.random.nextInt(9); j > 0 && bytes.length > 0; j--) {
				bytes[this.random.nextInt(bytes.length)] = ';';
			}
			check(bytes);
		}
	}

	@Test
	void mutatedFrames() {
		for (int i = 0; i < ITERATIONS; i++) {
			byte[] bytes = FrameCodec.encode(frame());
			for (int j = this.random.nextInt(4); j > 0; j--) {
				bytes = mutated(bytes);
			}
			check(bytes);
		}
	}

	@Test
	void encodesLikeTheObviousWay() {
		for (int i = 0; i < ITERATIONS; i++) {
			Frame frame = frame();
			byte[] expected = obviousEncoding(frame);
			if (!Arrays.equals(FrameCodec.encode(frame), expected)) {
				throw failure("encoding of " + frame, expected);
			}
			byte[] emptyReply = (frame.waitToken() + ";;;;;;").getBytes(StandardCharsets.UTF_8);
			if (!Arrays.equals(FrameCodec.emptyReply(frame.waitToken()), emptyReply)) {
				throw failure("empty reply to " + frame, emptyReply);
			}
		}
	}

	private void check(byte[] bytes) {
		boolean binary = this.random.nextBoolean();
		for (NativeMode mode : NativeMode.values()) {
			try {
				check(bytes, binary, mode, FrameCodec.decode(bytes.clone(), binary, mode));
			}
			catch (RuntimeException ex) {
				throw failure(mode + " threw " + ex, bytes);
			}
		}
	}

	private void check(byte[] bytes, boolean binary, NativeMode mode, Frame frame) {
		String[] fields = new String(bytes, StandardCharsets.ISO_8859_1).split(";", 7);
		boolean framed = fields.length == 7 && mode != NativeMode.ONLY;
		boolean valid = bytes.length > 0 && (framed || mode != NativeMode.OFF);
		require(valid == (frame != null), mode + " validity", bytes);
		if (frame == null) {
			return;
		}
		require(frame.binary() == binary, mode + " type", bytes);
		if (framed) {
			require(frame.namespace().equals(name(fields[1])), mode + " namespace", bytes);
			require(frame.room().equals(name(fields[2])), mode + " room", bytes);
			require(frame.event().equals(name(fields[3])), mode + " event", bytes);
			require(frame.error() == (fields[4].equals("1") && !fields[6].isEmpty()), mode + " error", bytes);
			require(frame.noOp() == fields[5].equals("1"), mode + " no-op", bytes);
			require(Arrays.equals(frame.body(), fields[6].getBytes(StandardCharsets.ISO_8859_1)), mode + " body",
					bytes);
		}
		else {
			require(frame.nativeMessage() && Arrays.equals(frame.body(), bytes), mode + " native", bytes);
		}
		byte[] encoded = FrameCodec.encode(frame);
		if (frame.nativeMessage() && !frame.isAsk() && !frame.error()) {
			require(Arrays.equals(encoded, frame.body()), mode + " bare body", bytes);
		}
		else {
			require(frame.equals(FrameCodec.decode(encoded, binary, mode)), mode + " round trip", bytes);
		}
	}

	private static String name(String field) {
		return new String(field.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).replace(MARKER, ";");
	}

	private static byte[] obviousEncoding(Frame frame) {
		String first = frame.origin().isEmpty() ? frame.waitToken() : frame.origin();
		String header = String.join(";", first, frame.namespace().replace(";", MARKER),
				frame.room().replace(";", MARKER), frame.event().replace(";", MARKER), frame.error() ? "1" : "0",
				frame.noOp() ? "1" : "0", "");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
		out.writeBytes(frame.body());
		return out.toByteArray();
	}

	private Frame frame() {
		byte[] body = new byte[this.random.nextInt(12)];
		this.random.nextBytes(body);
		boolean fromBroker = this.random.nextInt(8) == 0;
		return new Frame(fromBroker ? "" : text().replace(";", ""), text(), text(), text(), this.random.nextBoolean(),
				this.random.nextBoolean(), this.random.nextBoolean(), false, body,
				fromBroker ? "neffos(0x1(c10x2))" : "", false);
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			text.append(PIECES[this.random.nextInt(PIECES.length)]);
		}
		return text.toString();
	}

	private byte[] mutated(byte[] bytes) {
		int at = this.random.nextInt(bytes.length + 1);
		String before = new String(bytes, 0, at, StandardCharsets.ISO_8859_1);
		String after = new String(bytes, at, bytes.length - at, StandardCharsets.ISO_8859_1);
		String changed = switch (this.random.nextInt(4)) {
			case 0 -> before;
			case 1 -> before + (after.isEmpty() ? "" : after.substring(1));
			case 2 -> before + (char) this.random.nextInt(256) + after;
			default -> before + PIECES[this.random.nextInt(PIECES.length)] + after;
		};
		return changed.getBytes(StandardCharsets.ISO_8859_1);
	}

	private void require(boolean condition, String what, byte[] bytes) {
		if (!condition) {
			throw failure(what, bytes);
		}
	}

	private AssertionError failure(String what, byte[] bytes) {
		return new AssertionError(what + ", seed " + this.seed + ", bytes " + HexFormat.of().formatHex(bytes));
	}

}
