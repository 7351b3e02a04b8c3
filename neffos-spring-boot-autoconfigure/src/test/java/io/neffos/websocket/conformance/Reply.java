package io.neffos.websocket.conformance;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What a server sent: a message in one piece, or a control frame. */
final class Reply {

	private final int opcode;

	private final byte[] content;

	Reply(int opcode, byte[] content) {
		this.opcode = opcode;
		this.content = content;
	}

	int opcode() {
		return this.opcode;
	}

	byte[] content() {
		return this.content;
	}

	/** The code of a close frame. */
	int code() {
		return (this.content.length == 0) ? 1005 : ByteBuffer.wrap(this.content).getShort() & 0xffff;
	}

	@Override
	public String toString() {
		int shown = Math.min(this.content.length, 40);
		return this.opcode + " with " + this.content.length + " bytes, "
				+ HexFormat.of().formatHex(this.content, 0, shown);
	}

}
