package io.neffos.websocket.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.neffos.framing.ClientFrames;

/** Sections 1 to 4: messages, pings, reserved bits and reserved opcodes. */
final class BasicCases {

	private static final int[] SIZES = { 0, 125, 126, 127, 128, 65535, 65536 };

	private static final byte[] NOTHING = {};

	private static final byte[] NO_TEXT = { 0, (byte) 0xff, (byte) 0xfe, (byte) 0xc0, 0x7f };

	private BasicCases() {
	}

	static List<ConformanceCase> all() {
		List<ConformanceCase> all = new ArrayList<>();
		all.addAll(messages("1.1", 1));
		all.addAll(messages("1.2", 2));
		all.addAll(pings());
		all.addAll(reservedBits());
		all.addAll(opcodes("4.1", 3));
		all.addAll(opcodes("4.2", 11));
		return all;
	}

	private static ClientFrames frames() {
		return new ClientFrames();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] filled(int size, int unit) {
		byte[] content = new byte[size];
		Arrays.fill(content, (byte) unit);
		return content;
	}

	private static List<ConformanceCase> messages(String section, int opcode) {
		Cases cases = new Cases(section);
		int unit = (opcode == 1) ? '*' : 0xfe;
		for (int size : SIZES) {
			cases.add((client) -> echo(client, opcode, filled(size, unit)));
		}
		cases.add((client) -> echo(client.inPiecesOf(997), opcode, filled(65536, unit)));
		return cases.list();
	}

	private static void echo(FrameClient client, int opcode, byte[] content) throws IOException {
		client.send(frames().frame(0x80 | opcode, content)).expect(opcode, content).finish();
	}

	private static List<ConformanceCase> pings() {
		byte[] longest = filled(125, 0xfe);
		return new Cases("2").add((client) -> ping(client, NOTHING))
			.add((client) -> ping(client, bytes("Are you there?")))
			.add((client) -> ping(client, NO_TEXT))
			.add((client) -> ping(client, longest))
			.add((client) -> client.send(frames().frame(0x89, filled(126, 0xfe))).failed(1002))
			.add((client) -> ping(client.inPiecesOf(1), longest))
			.add((client) -> client.send(frames().frame(0x8a)).finish())
			.add((client) -> client.send(frames().frame(0x8a, bytes("nobody asked"))).finish())
			.add((client) -> client.send(frames().frame(0x8a, bytes("nobody asked")).frame(0x89, bytes("I ask")))
				.expectPong(bytes("I ask"))
				.finish())
			.add(BasicCases::tenPings)
			.add((client) -> tenPings(client.inPiecesOf(1)))
			.list();
	}

	private static void ping(FrameClient client, byte[] content) throws IOException {
		client.send(frames().frame(0x89, content)).expectPong(content).finish();
	}

	private static void tenPings(FrameClient client) throws IOException {
		ClientFrames frames = frames();
		for (int i = 0; i < 10; i++) {
			frames.frame(0x89, bytes("ping " + i));
		}
		client.send(frames);
		for (int i = 0; i < 10; i++) {
			client.expectPong(bytes("ping " + i));
		}
		client.finish();
	}

	private static List<ConformanceCase> reservedBits() {
		byte[] text = bytes("reserved");
		return new Cases("3").add((client) -> client.send(frames().frame(0x81 | 0x10, text)).failed(1002))
			.add((client) -> client.send(afterText(0x81 | 0x20, text)).expectText("before").failed(1002))
			.add((client) -> {
				client.send(frames().text("before"));
				client.send(frames().frame(0x81 | 0x30, text));
				client.send(frames().frame(0x89));
				client.expectText("before").failed(1002);
			})
			.add((client) -> client.inPiecesOf(1).send(afterText(0x81 | 0x40, text)).expectText("before").failed(1002))
			.add((client) -> client.send(frames().frame(0x82 | 0x50, NO_TEXT)).failed(1002))
			.add((client) -> client.send(frames().frame(0x89 | 0x60, text)).failed(1002))
			.add((client) -> client.send(frames().frame(0x88 | 0x70, (byte) 3, (byte) 0xe8)).failed(1002))
			.list();
	}

	private static List<ConformanceCase> opcodes(String section, int opcode) {
		int first = 0x80 | opcode;
		byte[] content = bytes("reserved");
		return new Cases(section).add((client) -> client.send(frames().frame(first)).failed(1002))
			.add((client) -> client.send(frames().frame(first + 1, content)).failed(1002))
			.add((client) -> client.send(afterText(first + 2, NOTHING)).expectText("before").failed(1002))
			.add((client) -> client.send(afterText(first + 3, content)).expectText("before").failed(1002))
			.add((client) -> client.inPiecesOf(1).send(afterText(first + 4, content)).expectText("before").failed(1002))
			.list();
	}

	/**
	 * A frame with a text before it, which is to be answered, and a ping after it, which
	 * is not.
	 */
	private static ClientFrames afterText(int first, byte[] content) {
		return frames().text("before").frame(first, content).frame(0x89);
	}

}
