package io.neffos.transport;

/**
 * Frames as a server writes them (RFC 6455 section 5.2): final, without extension and
 * without mask, so that one encoding serves every receiver.
 *
 * @since 0.1.0
 */
public final class ServerFrame {

	/** The opcode of a text message. */
	public static final int TEXT = 0x1;

	/** The opcode of a binary message. */
	public static final int BINARY = 0x2;

	/** The opcode of a close frame. */
	public static final int CLOSE = 0x8;

	/** The opcode of a ping. */
	public static final int PING = 0x9;

	/** The opcode of a pong. */
	public static final int PONG = 0xA;

	private static final int FINAL = 0x80;

	private static final int MAX_SHORT = 125;

	private static final int TWO_BYTES = 126;

	private static final int EIGHT_BYTES = 127;

	private ServerFrame() {
	}

	/**
	 * Encode a frame.
	 * @param opcode one of the constants
	 * @param content the content
	 * @return header and content
	 */
	public static byte[] encode(int opcode, byte[] content) {
		int length = content.length;
		int header = (length <= MAX_SHORT) ? 2 : (length <= 0xFFFF) ? 4 : 10;
		byte[] result = new byte[header + length];
		result[0] = (byte) (FINAL | opcode);
		switch (header) {
			case 2 -> result[1] = (byte) length;
			case 4 -> {
				result[1] = TWO_BYTES;
				result[2] = (byte) (length >>> 8);
				result[3] = (byte) length;
			}
			default -> {
				// An array has fewer than 2^31 bytes: the upper four stay 0.
				result[1] = EIGHT_BYTES;
				result[6] = (byte) (length >>> 24);
				result[7] = (byte) (length >>> 16);
				result[8] = (byte) (length >>> 8);
				result[9] = (byte) length;
			}
		}
		System.arraycopy(content, 0, result, header, length);
		return result;
	}

}
