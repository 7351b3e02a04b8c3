package io.neffos.websocket.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.neffos.framing.ClientFrames;

/** Section 9: large messages, many fragments, many pieces, many messages. */
final class SizeCases {

	private static final int KIB = 1024;

	private static final int MIB = 1024 * KIB;

	/** What a server must allow to be asked these. */
	static final int LARGEST = 16 * MIB;

	private SizeCases() {
	}

	static List<ConformanceCase> all() {
		List<ConformanceCase> all = new ArrayList<>();
		for (int opcode : new int[] { 1, 2 }) {
			int group = opcode - 1;
			Cases sizes = new Cases("9." + (1 + group));
			for (int size : new int[] { 64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, LARGEST }) {
				sizes.add((client) -> echo(client, opcode, size, 1));
			}
			all.addAll(sizes.list());
			Cases fragments = new Cases("9." + (3 + group));
			for (int size = 64; size <= 4 * MIB; size *= 4) {
				int fragment = size;
				fragments.add((client) -> FragmentCases.inFragments(client, opcode, 4 * MIB, fragment));
			}
			all.addAll(fragments.list());
			Cases pieces = new Cases("9." + (5 + group));
			for (int size = 64; size <= 2 * KIB; size *= 2) {
				int piece = size;
				pieces.add((client) -> echo(client.inPiecesOf(piece), opcode, MIB, 1));
			}
			all.addAll(pieces.list());
			Cases many = new Cases("9." + (7 + group));
			for (int size : new int[] { 0, 16, 64, 256, KIB, 4 * KIB }) {
				many.add((client) -> echo(client, opcode, size, 1000));
			}
			all.addAll(many.list());
		}
		return all;
	}

	private static void echo(FrameClient client, int opcode, int size, int times) throws IOException {
		byte[] content = new byte[size];
		Arrays.fill(content, (byte) ((opcode == 1) ? '*' : 0xfe));
		for (int i = 0; i < times; i++) {
			client.send(new ClientFrames().frame(0x80 | opcode, content)).expect(opcode, content);
		}
		client.finish();
	}

}
