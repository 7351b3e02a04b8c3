package io.neffos.nio;

import java.nio.charset.StandardCharsets;

import io.neffos.transport.CloseReason;
import io.neffos.transport.ServerFrame;

/** Close frames (RFC 6455 section 5.5.1). */
final class CloseFrames {

	private static final int MAX_TEXT = 123;

	private CloseFrames() {
	}

	/**
	 * Encode a reason; one that may not be sent, such as "no code", gives an empty frame.
	 */
	static byte[] encode(CloseReason reason) {
		if (!CloseReason.isSendable(reason.code())) {
			return ServerFrame.encode(ServerFrame.CLOSE, new byte[0]);
		}
		byte[] text = reason.reason().getBytes(StandardCharsets.UTF_8);
		int length = text.length;
		if (length > MAX_TEXT) {
			// Cut before a character rather than within one.
			length = MAX_TEXT;
			while ((text[length] & 0xC0) == 0x80) {
				length--;
			}
		}
		byte[] content = new byte[2 + length];
		content[0] = (byte) (reason.code() >>> 8);
		content[1] = (byte) reason.code();
		System.arraycopy(text, 0, content, 2, length);
		return ServerFrame.encode(ServerFrame.CLOSE, content);
	}

}
