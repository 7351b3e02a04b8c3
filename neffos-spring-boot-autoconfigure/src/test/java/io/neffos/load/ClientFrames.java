package io.neffos.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as clients send them: masked. */
final class ClientFrames {

	private static final int TEXT = 1;

	private static final int CLOSE = 8;

	private static final byte[] MASK = { 1, 2, 3, 4 };

	private ClientFrames() {
	}

	static ByteBuffer text(String text) {
		return frame(TEXT, StandardCharsets.UTF_8.encode(text));
	}

	static ByteBuffer close(int code) {
		return frame(CLOSE, ByteBuffer.allocate(2).putShort(0, (short) code));
	}

	static ByteBuffer frame(int opcode, ByteBuffer payload) {
		int length = payload.remaining();
		ByteBuffer frame = ByteBuffer.allocate(length + 8).put((byte) (0x80 | opcode));
		if (length < 126) {
			frame.put((byte) (0x80 | length));
		}
		else if (length <= 0xffff) {
			frame.put((byte) (0x80 | 126)).putShort((short) length);
		}
		else {
			throw new IllegalArgumentException(length + " bytes are more than this client sends");
		}
		frame.put(MASK);
		for (int i = 0; i < length; i++) {
			frame.put((byte) (payload.get(payload.position() + i) ^ MASK[i % 4]));
		}
		return frame.flip();
	}

}
