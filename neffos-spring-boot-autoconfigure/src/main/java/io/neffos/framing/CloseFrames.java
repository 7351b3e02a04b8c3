package io.neffos.framing;

import java.nio.charset.StandardCharsets;

/**
 * What close frames say (RFC 6455 sections 5.5.1 and 7.4, with the codes registered
 * since).
 */
final class CloseFrames {

	private static final int NO_CODE = 1005;

	private static final int CODE_BYTES = 2;

	private CloseFrames() {
	}

	/**
	 * Check and tell what a close frame says.
	 */
	static void tell(byte[] content, FrameSink sink) throws FramingException {
		if (content.length == 0) {
			sink.onClose(NO_CODE, "");
			return;
		}
		if (content.length < CODE_BYTES) {
			throw new FramingException(FramingException.PROTOCOL, "Half a close code");
		}
		int code = ((content[0] & 0xff) << Byte.SIZE) | (content[1] & 0xff);
		if (!mayBeSent(code)) {
			throw new FramingException(FramingException.PROTOCOL, "Close code " + code);
		}
		if (Utf8.check(Utf8.COMPLETE, content, CODE_BYTES, content.length) != Utf8.COMPLETE) {
			throw new FramingException(FramingException.NOT_TEXT, "Close reason is not UTF-8");
		}
		sink.onClose(code, new String(content, CODE_BYTES, content.length - CODE_BYTES, StandardCharsets.UTF_8));
	}

	private static boolean mayBeSent(int code) {
		return switch (code) {
			// Not assigned, or only told within a program.
			case 1004, NO_CODE, 1006 -> false;
			default -> (code >= 1000 && code <= 1014) || (code >= 3000 && code <= 4999);
		};
	}

}
