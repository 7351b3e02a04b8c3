package io.neffos.framing;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FrameParserTests {

	private static final int MAX = 65536;

	private final Told told = new Told(MAX);

	@Test
	void rejectsReservedBitsAtTheFirstByte() {
		for (int bit : new int[] { 0x40, 0x20, 0x10 }) {
			assertThat(new Told(MAX).read(bytes(0x81 | bit)).events()).containsExactly("error 1002");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
	void rejectsReservedOpcodesAtTheFirstByte(int opcode) {
		assertThat(this.told.read(bytes(0x80 | opcode)).events()).containsExactly("error 1002");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x81, 0x02, 0x88, 0x89, 0x8a })
	void rejectsFramesWithoutMask(int first) {
		assertThat(this.told.read(bytes(first, 1)).events()).containsExactly("error 1002");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x81, 0x82 })
	void rejectsWholeMessagesWithoutMask(int first) {
		byte[] frame = new byte[20];
		frame[0] = (byte) first;
		frame[1] = 14;
		assertThat(this.told.read(frame).events()).containsExactly("error 1002");
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 9, 10 })
	void rejectsControlFramesThatAreFragmentedOrLong(int opcode) {
		assertThat(new Told(MAX).read(bytes(opcode)).events()).containsExactly("error 1002");
		assertThat(new Told(MAX).read(bytes(0x80 | opcode, 0xfe)).events()).containsExactly("error 1002");
		assertThat(new Told(MAX).read(bytes(0x80 | opcode, 0xff)).events()).containsExactly("error 1002");
	}

	@Test
	void rejectsWhatDoesNotFollow() {
		assertThat(new Told(MAX).read(bytes(0x80)).events()).containsExactly("error 1002");
		assertThat(new Told(MAX).read(bytes(0x00)).events()).containsExactly("error 1002");
		byte[] begun = new ClientFrames().frame(0x01, (byte) 'a').toBytes();
		assertThat(new Told(MAX).read(begun).read(bytes(0x81)).events()).containsExactly("error 1002");
		assertThat(new Told(MAX).read(begun).read(new ClientFrames().text("whole message").toBytes()).events())
			.containsExactly("error 1002");
	}

	@Test
	void rejectsLengthsOf64Bits() {
		assertThat(this.told.read(new ClientFrames().header(0x81, 8, Long.MIN_VALUE).toBytes()).events())
			.containsExactly("error 1002");
	}

	@Test
	void tellsOfTooBigMessagesByTheHeader() {
		byte[] allowed = new ClientFrames().header(0x82, 8, MAX).toBytes();
		assertThat(new Told(MAX).read(allowed).events()).containsExactly("unfinished");
		for (long length : new long[] { MAX + 1, 1L << 32, Long.MAX_VALUE }) {
			byte[] header = new ClientFrames().header(0x82, 8, length).toBytes();
			assertThat(new Told(MAX).read(header).events()).containsExactly("error 1009");
		}
		assertThat(new Told(100).read(new ClientFrames().header(0x81, 0, 101).toBytes()).events())
			.containsExactly("error 1009");
		assertThat(new Told(1000).read(new ClientFrames().header(0x81, 2, 1001).toBytes()).events())
			.containsExactly("error 1009");
	}

	@Test
	void tellsOfTooBigMessagesThatAreThere() {
		assertThat(new Told(100).read(new ClientFrames().frame(0x81, new byte[100]).toBytes()).events()).hasSize(1)
			.first()
			.asString()
			.startsWith("text");
		assertThat(new Told(100).read(new ClientFrames().frame(0x81, new byte[101]).toBytes()).events())
			.containsExactly("error 1009");
		assertThat(new Told(200).read(new ClientFrames().frame(0x81, new byte[201]).toBytes()).events())
			.containsExactly("error 1009");
	}

	@Test
	void addsUpFragments() {
		byte[] begun = new ClientFrames().frame(0x01, new byte[60]).frame(0x00, new byte[30]).toBytes();
		assertThat(new Told(100).read(begun).read(new ClientFrames().frame(0x80, new byte[10]).toBytes()).events())
			.hasSize(1)
			.first()
			.asString()
			.startsWith("text");
		assertThat(new Told(100).read(begun).read(bytes(0x80, 0x80 | 11)).events()).containsExactly("error 1009");
	}

	/** Control frames are no messages. */
	@Test
	void limitsMessagesOnly() {
		ClientFrames frames = new ClientFrames().frame(0x01, new byte[4])
			.frame(0x89, new byte[125])
			.frame(0x80)
			.close(1000, "a long reason");
		assertThat(new Told(4).read(frames.toBytes()).events()).containsExactly("ping " + "00".repeat(125),
				"text 00000000", "close 1000 a long reason");
	}

	@Test
	void failsAtTheFirstByteThatIsNoText() {
		byte[] begun = new ClientFrames().header(0x81, 0, 20).bytes(0, 0, 0, 0).bytes('a', 0xf4).toBytes();
		assertThat(new Told(MAX).read(begun).events()).containsExactly("unfinished");
		assertThat(new Told(MAX).read(begun).read(bytes(0x8f)).events()).containsExactly("unfinished");
		assertThat(new Told(MAX).read(begun).read(bytes(0x90)).events()).containsExactly("error 1007");
	}

	@Test
	void textMayNotEndWithinACharacter() {
		byte[] whole = "abcdefgh\u2603".getBytes(StandardCharsets.UTF_8);
		byte[] cut = Arrays.copyOf(whole, whole.length - 1);
		assertThat(new Told(MAX).read(new ClientFrames().frame(0x81, cut).toBytes()).events())
			.containsExactly("error 1007");
		assertThat(new Told(MAX).read(new ClientFrames().frame(0x01, cut).frame(0x80).toBytes()).events())
			.containsExactly("error 1007");
		assertThat(new Told(MAX).read(new ClientFrames().frame(0x82, cut).toBytes()).events())
			.containsExactly(Told.message(cut, true));
	}

	@Test
	void closeFrames() {
		for (int code = 0; code < 65536; code++) {
			boolean registered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
			boolean allowed = registered || (code >= 3000 && code <= 4999);
			assertThat(new Told(MAX).read(new ClientFrames().close(code, "why").toBytes()).events())
				.containsExactly(allowed ? "close " + code + " why" : "error 1002");
		}
		assertThat(new Told(MAX).read(new ClientFrames().frame(0x88).toBytes()).events())
			.containsExactly("close 1005 ");
		assertThat(new Told(MAX).read(new ClientFrames().frame(0x88, (byte) 3).toBytes()).events())
			.containsExactly("error 1002");
		assertThat(new Told(MAX).read(new ClientFrames().frame(0x88, (byte) 3, (byte) 0xe8, (byte) 0xff).toBytes())
			.events()).containsExactly("error 1007");
	}

	@Test
	void readsNothingAfterAClose() throws FramingException {
		ClientFrames frames = new ClientFrames().frame(0x01, (byte) 'a').close(1001, "");
		int end = frames.size();
		ByteBuffer stream = ByteBuffer.wrap(frames.frame(0x80).text("a whole message").toBytes());
		this.told.read(stream);
		assertThat(stream.position()).isEqualTo(end);
		this.told.parser().parse(stream, this.told);
		assertThat(stream.position()).isEqualTo(end);
		assertThat(this.told.events()).containsExactly("close 1001 ");
	}

	@Test
	void readsNothingAfterAnError() throws FramingException {
		ByteBuffer wrong = ByteBuffer.wrap(new ClientFrames().frame(0x80).toBytes());
		assertThatThrownBy(() -> this.told.parser().parse(wrong, this.told)).isInstanceOf(FramingException.class);
		ByteBuffer more = ByteBuffer.wrap(new ClientFrames().text("a whole message").toBytes());
		this.told.parser().parse(more, this.told);
		assertThat(more.position()).isZero();
		assertThat(this.told.events()).isEmpty();
	}

	@Test
	void stopsAfterAMessageWhenPaused() {
		ClientFrames frames = new ClientFrames().frame(0x89).text("a whole message");
		int first = frames.size();
		int second = frames.frame(0x01, (byte) 'b').frame(0x89).frame(0x80).size();
		ByteBuffer stream = ByteBuffer.wrap(frames.text("c").toBytes());
		this.told.pause(true);
		this.told.read(stream);
		assertThat(stream.position()).isEqualTo(first);
		this.told.read(stream);
		assertThat(stream.position()).isEqualTo(second);
		assertThat(this.told.events()).hasSize(4);
		this.told.pause(false);
		this.told.read(stream);
		assertThat(stream.hasRemaining()).isFalse();
		assertThat(this.told.events()).hasSize(5).endsWith("text 63");
	}

	@Test
	void knowsWhetherItIsWithinAMessage() {
		byte[] stream = new ClientFrames().frame(0x01, (byte) 'a')
			.frame(0x89, (byte) 1)
			.frame(0x80, (byte) 'b')
			.toBytes();
		assertThat(this.told.parser().isMidMessage()).isFalse();
		for (byte unit : stream) {
			assertThat(this.told.events()).doesNotContain("text 6162");
			this.told.read(bytes(unit));
			assertThat(this.told.parser().isMidMessage()).isNotEqualTo(this.told.events().contains("text 6162"));
		}
		assertThat(this.told.events()).containsExactly("ping 01", "text 6162");
	}

	/**
	 * The parser has no half-done business while it tells: what a sink throws passes by.
	 */
	@Test
	void survivesSinksThatThrow() {
		ByteBuffer stream = ByteBuffer
			.wrap(new ClientFrames().text("a whole message").frame(0x81).text("a second message").toBytes());
		FrameSink broken = new Told(MAX) {

			@Override
			public void onMessage(byte[] content, boolean binary) {
				throw new IllegalStateException("expected");
			}

		};
		for (int i = 0; i < 2; i++) {
			assertThatThrownBy(() -> this.told.parser().parse(stream, broken)).hasMessage("expected");
			assertThat(this.told.parser().isMidMessage()).isFalse();
		}
		assertThat(this.told.read(stream).events())
			.containsExactly(Told.message("a second message".getBytes(StandardCharsets.UTF_8), false));
	}

	@Test
	void readsLargeMessagesInPieces() {
		Random random = new Random(1);
		byte[] content = new byte[3_000_000];
		random.nextBytes(content);
		byte[] stream = new ClientFrames().frame(0x02, content).frame(0x00, content).frame(0x80, content).toBytes();
		List<ByteBuffer> pieces = new ArrayList<>();
		for (int at = 0; at < stream.length;) {
			int count = Math.min(stream.length - at, 1 + random.nextInt(20_000));
			pieces.add(ByteBuffer.wrap(stream, at, count));
			at += count;
		}
		byte[] thrice = ByteBuffer.allocate(3 * content.length).put(content).put(content).put(content).array();
		List<String> events = Told.of(thrice.length, pieces);
		assertThat(events).hasSize(1);
		assertThat(events.get(0)).hasSameHashCodeAs(Told.message(thrice, true)).isEqualTo(Told.message(thrice, true));
		assertThat(Told.of(thrice.length - 1, pieces)).isEmpty();
	}

	/** One array a message and nothing else, when the message is there. */
	@Test
	void makesOnlyTheContent() throws FramingException {
		ByteBuffer stream = ByteBuffer.allocateDirect(4096)
			.put(new ClientFrames().frame(0x81, new byte[100]).frame(0x82, new byte[132]).toBytes())
			.flip();
		FrameSink sink = new Told(MAX) {

			@Override
			public void onMessage(byte[] content, boolean binary) {
				// Not kept.
			}

		};
		FrameParser parser = this.told.parser();
		long allocated = 0;
		int rounds = 20_000;
		for (int i = 0; i < 2 * rounds; i++) {
			if (i == rounds) {
				allocated = allocated();
			}
			parser.parse(stream.position(0), sink);
		}
		int arrays = 2 * 16 + 100 + 4 + 132 + 4;
		assertThat((allocated() - allocated) / rounds).isLessThanOrEqualTo(arrays + 8);
	}

	/** Memory is for what was sent, not for what was announced. */
	@Test
	void believesNoAnnouncedLength() throws FramingException {
		byte[] announcement = new ClientFrames().header(0x81, 2, 65535).bytes(0, 0, 0, 0, 'a').toBytes();
		List<FrameParser> parsers = new ArrayList<>();
		int count = 2000;
		long allocated = 0;
		for (int i = 0; i < 2 * count; i++) {
			if (i == count) {
				allocated = allocated();
			}
			FrameParser parser = new FrameParser(MAX);
			parser.parse(ByteBuffer.wrap(announcement), this.told);
			parsers.add(parser);
		}
		assertThat((allocated() - allocated) / count).isLessThan(1000);
		assertThat(parsers).allMatch(FrameParser::isMidMessage);
	}

	private static long allocated() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

	private static byte[] bytes(int... units) {
		return new ClientFrames().bytes(units).toBytes();
	}

}
