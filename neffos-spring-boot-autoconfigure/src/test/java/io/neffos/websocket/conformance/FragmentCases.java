package io.neffos.websocket.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.neffos.framing.ClientFrames;

/** Sections 5 and 10: messages in fragments, and what may stand between these. */
final class FragmentCases {

	/** Frames all at once, each by itself, and byte by byte. */
	private static final List<Sending> SENDINGS = List.of(FragmentCases::together, FragmentCases::each,
			(client, frames) -> together(client.inPiecesOf(1), frames));

	private static final byte[] PING = bytes("between");

	private FragmentCases() {
	}

	static List<ConformanceCase> all() {
		List<ConformanceCase> all = new ArrayList<>(fragments());
		all.addAll(new Cases("10.1").add((client) -> inFragments(client, 1, 65536, 1300)).list());
		return all;
	}

	private static List<ConformanceCase> fragments() {
		Cases cases = new Cases("5");
		for (int opcode : new int[] { 9, 10 }) {
			cases.add((client) -> client.send(frame(opcode, "frag")).send(frame(0x80, "ment")).failed(1002));
		}
		for (Sending sending : SENDINGS) {
			cases.add((client) -> {
				sending.send(client, frame(0x01, "frag"), frame(0x80, "ment"));
				client.expectText("fragment").finish();
			});
		}
		for (Sending sending : SENDINGS) {
			cases.add((client) -> {
				sending.send(client, frame(0x01, "frag"), new ClientFrames().frame(0x89, PING), frame(0x80, "ment"));
				client.expectPong(PING).expectText("fragment").finish();
			});
		}
		for (int first : new int[] { 0x80, 0x00 }) {
			for (Sending sending : SENDINGS) {
				cases.add((client) -> {
					sending.send(client, frame(first, "of nothing"), frame(0x81, "whole"));
					client.failed(1002);
				});
			}
		}
		cases.add((client) -> {
			together(client, frame(0x01, "frag"), frame(0x80, "ment"), frame(0x00, "of nothing"), frame(0x81, "whole"));
			client.expectText("fragment").failed(1002);
		});
		for (int first : new int[] { 0x00, 0x80 }) {
			cases.add((client) -> {
				together(client, frame(first, "of nothing"), frame(0x81, "whole"), frame(first, "of nothing"),
						frame(0x81, "whole"));
				client.failed(1002);
			});
		}
		return cases.add((client) -> client.send(frame(0x01, "frag")).send(frame(0x81, "ment")).failed(1002))
			.add((client) -> pingsBetween(client, SENDINGS.get(0)))
			.add((client) -> pingsBetween(client, SENDINGS.get(1)))
			.list();
	}

	/** The first pong does not wait for the end of the message. */
	private static void pingsBetween(FrameClient client, Sending sending) throws IOException {
		ClientFrames ping = new ClientFrames().frame(0x89, PING);
		sending.send(client, frame(0x01, "one "), frame(0x00, "two "), ping);
		client.expectPong(PING);
		sending.send(client, frame(0x00, "three "), frame(0x00, "four "), ping, frame(0x80, "five"));
		client.expectPong(PING).expectText("one two three four five").finish();
	}

	/** Send a message in fragments of a size and expect it back. */
	static void inFragments(FrameClient client, int opcode, int size, int fragment) throws IOException {
		byte[] content = new byte[size];
		Arrays.fill(content, (byte) ((opcode == 1) ? '*' : 0xfe));
		ClientFrames frames = new ClientFrames();
		for (int at = 0; at < size; at += fragment) {
			int end = Math.min(size, at + fragment);
			frames.frame(((end == size) ? 0x80 : 0) | ((at == 0) ? opcode : 0), Arrays.copyOfRange(content, at, end));
		}
		client.send(frames).expect(opcode, content).finish();
	}

	private static void together(FrameClient client, ClientFrames... frames) throws IOException {
		ClientFrames all = new ClientFrames();
		for (ClientFrames some : frames) {
			all.add(some);
		}
		client.send(all);
	}

	private static void each(FrameClient client, ClientFrames... frames) throws IOException {
		for (ClientFrames some : frames) {
			client.send(some);
		}
	}

	private static ClientFrames frame(int first, String content) {
		return new ClientFrames().frame(first, bytes(content));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** How frames are put into pieces. */
	@FunctionalInterface
	private interface Sending {

		void send(FrameClient client, ClientFrames... frames) throws IOException;

	}

}
