package io.neffos.websocket.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.neffos.framing.ClientFrames;

import static org.assertj.core.api.Assertions.assertThat;

/** Section 7: close frames, and what comes after them. */
final class CloseCases {

	private static final int[] ALLOWED = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000,
			4999 };

	private static final int[] NOT_ALLOWED = { 0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999 };

	private static final int[] UNDEFINED = { 5000, 65535 };

	private CloseCases() {
	}

	static List<ConformanceCase> all() {
		List<ConformanceCase> all = new ArrayList<>();
		all.addAll(after());
		all.addAll(contents());
		all.addAll(
				new Cases("7.5")
					.add((client) -> client
						.send(new ClientFrames().frame(0x88, (byte) 3, (byte) 0xe8, (byte) 'a', (byte) 0xed,
								(byte) 0xa0, (byte) 0x80))
						.failed(1007))
					.list());
		Cases allowed = new Cases("7.7");
		for (int code : ALLOWED) {
			allowed.add((client) -> client.send(new ClientFrames().close(code, "")).closed(code));
		}
		all.addAll(allowed.list());
		all.addAll(rejected("7.9", NOT_ALLOWED));
		all.addAll(rejected("7.13", UNDEFINED));
		return all;
	}

	private static List<ConformanceCase> rejected(String section, int... codes) {
		Cases cases = new Cases(section);
		for (int code : codes) {
			cases.add((client) -> client.send(new ClientFrames().close(code, "why")).failed(1002));
		}
		return cases.list();
	}

	/** What stands before a close frame is answered, what stands after it is not. */
	private static List<ConformanceCase> after() {
		return new Cases("7.1")
			.add((client) -> client.send(new ClientFrames().text("last").close(1000, ""))
				.expectText("last")
				.closed(1000))
			.add((client) -> client.send(new ClientFrames().close(1000, "").close(1000, "")).closed(1000))
			.add((client) -> client.send(new ClientFrames().close(1000, "").frame(0x89)).closed(1000))
			.add((client) -> client.send(new ClientFrames().close(1000, "").text("late")).closed(1000))
			.add((client) -> client
				.send(new ClientFrames().frame(0x01, (byte) 'a').close(1000, "").frame(0x80, (byte) 'b'))
				.closed(1000))
			.add(CloseCases::closeBehindMuch)
			.list();
	}

	/**
	 * Whether a large message is answered before the close frame is left to the server.
	 */
	private static void closeBehindMuch(FrameClient client) throws IOException {
		byte[] much = new byte[256 * 1024];
		Arrays.fill(much, (byte) '*');
		client.send(new ClientFrames().frame(0x81, much).close(1000, "").frame(0x89));
		Reply reply = client.next();
		if (reply.opcode() == 1) {
			assertThat(reply.content()).isEqualTo(much);
			reply = client.next();
		}
		assertThat(reply.opcode()).as("opcode of %s", reply).isEqualTo(8);
		assertThat(reply.code()).isEqualTo(1000);
	}

	private static List<ConformanceCase> contents() {
		return new Cases("7.3").add((client) -> {
			client.send(new ClientFrames().frame(0x88));
			Reply reply = client.next();
			assertThat(reply.opcode()).as("opcode of %s", reply).isEqualTo(8);
			assertThat(reply.code()).isIn(1000, 1005);
		})
			.add((client) -> client.send(new ClientFrames().frame(0x88, (byte) 3)).failed(1002))
			.add((client) -> client.send(new ClientFrames().close(1000, "")).closed(1000))
			.add((client) -> client.send(new ClientFrames().close(1000, "enough")).closed(1000))
			.add((client) -> client.send(new ClientFrames().close(1000, "*".repeat(123))).closed(1000))
			.add((client) -> client.send(new ClientFrames().frame(0x88, tooLong())).failed(1002))
			.list();
	}

	private static byte[] tooLong() {
		return ByteBuffer.allocate(126)
			.putShort((short) 1000)
			.put("*".repeat(124).getBytes(StandardCharsets.US_ASCII))
			.array();
	}

}
