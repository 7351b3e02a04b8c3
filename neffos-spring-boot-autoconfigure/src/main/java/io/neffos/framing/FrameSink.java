package io.neffos.framing;

/**
 * What a {@link FrameParser} tells of what it reads, in the order in which it arrives.
 */
public interface FrameSink {

	/**
	 * A whole message arrived.
	 * @param content its content, handed over; valid UTF-8 unless binary
	 * @param binary whether it was a binary message
	 */
	void onMessage(byte[] content, boolean binary);

	/**
	 * A ping arrived.
	 * @param content its content, at most 125 bytes, handed over
	 */
	void onPing(byte[] content);

	/**
	 * A pong arrived.
	 * @param content its content, at most 125 bytes, handed over
	 */
	void onPong(byte[] content);

	/**
	 * A close frame arrived; nothing is read after it.
	 * @param code the code, or 1005 when there was none
	 * @param reason the text
	 */
	void onClose(int code, String reason);

	/**
	 * Whether to stop after the message that was just delivered. What is left in the
	 * buffer stays there.
	 * @return {@code true} to stop
	 */
	boolean isPaused();

}
