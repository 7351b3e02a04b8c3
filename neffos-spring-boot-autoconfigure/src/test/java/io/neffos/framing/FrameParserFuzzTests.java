package io.neffos.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of many kinds, cut in many ways, against {@link ReferenceReader}. */
class FrameParserFuzzTests {

	private static final int MAX = 600;

	private static final int STREAMS = 30_000;

	@Test
	void cutAnywhereTwice() {
		for (byte[] stream : streamsOfAllKinds()) {
			List<String> expected = ReferenceReader.read(stream, MAX);
			assertThat(Told.of(MAX, List.of(ByteBuffer.wrap(stream)))).isEqualTo(expected);
			for (int i = 0; i <= stream.length; i++) {
				for (int j = i; j <= Math.min(stream.length, i + 20); j++) {
					assertThat(Told.of(MAX,
							List.of(piece(stream, 0, i), piece(stream, i, j), piece(stream, j, stream.length))))
						.as("cut at %s and %s", i, j)
						.isEqualTo(expected);
				}
			}
		}
	}

	@Test
	void byteByByte() {
		for (byte[] stream : streamsOfAllKinds()) {
			List<ByteBuffer> bytes = new ArrayList<>();
			for (int i = 0; i < stream.length; i++) {
				bytes.add(piece(stream, i, i + 1));
			}
			assertThat(Told.of(MAX, bytes)).isEqualTo(ReferenceReader.read(stream, MAX));
		}
	}

	/**
	 * Also tells of streams that end before they are whole, as the server sees them until
	 * the rest comes.
	 */
	@Test
	void endsAnywhere() {
		for (byte[] stream : streamsOfAllKinds()) {
			for (int end = 0; end <= stream.length; end++) {
				byte[] begin = Arrays.copyOf(stream, end);
				assertThat(Told.of(MAX, List.of(ByteBuffer.wrap(begin)))).as("up to %s", end)
					.isEqualTo(ReferenceReader.read(begin, MAX));
			}
		}
	}

	@Test
	void randomStreams() {
		Set<String> outcomes = new TreeSet<>();
		for (int seed = 0; seed < STREAMS; seed++) {
			Random random = new Random(seed);
			byte[] stream = RandomStreams.next(random, MAX);
			List<String> expected = ReferenceReader.read(stream, MAX);
			assertThat(Told.of(MAX, cut(stream, random))).as("seed %s", seed).isEqualTo(expected);
			expected.forEach((event) -> outcomes.add(event.startsWith("error") ? event : event.split(" ", 2)[0]));
		}
		assertThat(outcomes).as("nothing is left out")
			.containsExactly("binary", "close", "error 1002", "error 1007", "error 1009", "ping", "pong", "text",
					"unfinished");
	}

	private static List<byte[]> streamsOfAllKinds() {
		byte[] snowmen = "\u2603".repeat(60).getBytes(StandardCharsets.UTF_8);
		return List.of(
				new ClientFrames().text("")
					.text("M")
					.text("$1;chat;room;event;0;0;body \ud83d\ude00")
					.frame(0x82, new byte[0])
					.frame(0x82, (byte) 0xff)
					.frame(0x89, "ping".getBytes(StandardCharsets.UTF_8))
					.frame(0x8a)
					.toBytes(),
				new ClientFrames().frame(0x81, snowmen).frame(0x81, 8, snowmen).frame(0x82, 2, (byte) 0).toBytes(),
				new ClientFrames().frame(0x01, (byte) 0xe2)
					.frame(0x89, (byte) 1)
					.frame(0x00)
					.frame(0x00, (byte) 0x98)
					.frame(0x8a)
					.frame(0x80, (byte) 0x83, (byte) '!')
					.frame(0x02, snowmen)
					.frame(0x00, 8, snowmen)
					.frame(0x80)
					.text("after")
					.toBytes(),
				new ClientFrames().text("before").close(1000, "bye \u2603").text("not read").toBytes(),
				new ClientFrames().text("ok").frame(0x01, snowmen).frame(0x80, (byte) 0xed, (byte) 0xa0).toBytes(),
				new ClientFrames().frame(0x81, "fast \uffff".repeat(10).getBytes(StandardCharsets.UTF_8))
					.frame(0x81, "fast \uffff".repeat(10).getBytes(StandardCharsets.ISO_8859_1))
					.frame(0x81, (byte) 0xf4, (byte) 0x90)
					.toBytes());
	}

	private static ByteBuffer piece(byte[] stream, int from, int to) {
		return ByteBuffer.wrap(stream, from, to - from);
	}

	/** Cut in pieces, each in a buffer of some kind that has other bytes around it. */
	private static List<ByteBuffer> cut(byte[] stream, Random random) {
		List<ByteBuffer> pieces = new ArrayList<>();
		int at = 0;
		while (at < stream.length) {
			int count = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 400));
			int before = random.nextInt(3);
			ByteBuffer piece = random.nextBoolean() ? ByteBuffer.allocateDirect(before + count + 9)
					: ByteBuffer.allocate(before + count + 9);
			piece.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
			piece.position(before).put(stream, at, count).flip().position(before);
			pieces.add(piece);
			at += count;
		}
		return pieces;
	}

}
