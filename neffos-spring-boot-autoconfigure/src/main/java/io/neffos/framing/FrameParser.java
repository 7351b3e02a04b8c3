package io.neffos.framing;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Reads the frames that one client sends (RFC 6455 sections 5 to 8), without extensions.
 * Keeps bytes only of a frame or message that has not arrived whole.
 */
public final class FrameParser {

	private static final byte WHOLE_TEXT = (byte) (Frame.FIN | Frame.TEXT);

	private static final byte WHOLE_BINARY = (byte) (Frame.FIN | Frame.BINARY);

	private static final int SHORT_HEADER = 2 + Frame.MASK_BYTES;

	private static final int LONG_HEADER = SHORT_HEADER + Short.BYTES;

	private final int maxMessageSize;

	/** Whether nothing is read any more: after a close frame or an error. */
	private boolean ended;

	/** The frame of which a part was read. */
	private @Nullable Frame frame;

	/** The message of which a part was read. */
	private @Nullable Payload message;

	/** The control frame of which a part was read, perhaps between two of a message. */
	private @Nullable Payload control;

	/**
	 * Create a parser at the beginning of a stream.
	 * @param maxMessageSize bytes a message may have, all its fragments together
	 */
	public FrameParser(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	/**
	 * Read what is in a buffer, to its end unless the sink pauses or a close frame came.
	 * Reads nothing after a close frame or after an error.
	 * @param in the buffer, read from its position to its limit
	 * @param sink is told what arrived
	 * @throws FramingException if the peer broke the protocol; nothing can be read after
	 * it
	 */
	public void parse(ByteBuffer in, FrameSink sink) throws FramingException {
		try {
			while (in.hasRemaining() && !this.ended) {
				boolean delivered = (isMidMessage() || !isWholeMessage(in)) ? read(in, sink) : readWhole(in, sink);
				if (delivered && sink.isPaused()) {
					return;
				}
			}
		}
		catch (FramingException ex) {
			end();
			throw ex;
		}
	}

	/**
	 * Whether the last byte read was not the last of a message: a frame or a fragmented
	 * message has begun and not ended.
	 * @return {@code false} between messages
	 */
	public boolean isMidMessage() {
		return this.frame != null || this.message != null;
	}

	/**
	 * What nearly all messages are: one frame, of less than 64 KB, that is in the buffer
	 * from its beginning to its end.
	 */
	private boolean isWholeMessage(ByteBuffer in) {
		int at = in.position();
		int there = in.remaining();
		if (there < LONG_HEADER || (in.get(at) != WHOLE_TEXT && in.get(at) != WHOLE_BINARY) || in.get(at + 1) >= 0) {
			return false;
		}
		int length = in.get(at + 1) & 0x7f;
		if (length < Frame.LENGTH_16) {
			return length <= there - SHORT_HEADER && length <= this.maxMessageSize;
		}
		if (length == Frame.LENGTH_16) {
			int longer = longer(in, at);
			return longer <= there - LONG_HEADER && longer <= this.maxMessageSize;
		}
		return false;
	}

	private static int longer(ByteBuffer in, int at) {
		return ((in.get(at + 2) & 0xff) << Byte.SIZE) | (in.get(at + 3) & 0xff);
	}

	private boolean readWhole(ByteBuffer in, FrameSink sink) throws FramingException {
		int at = in.position();
		int length = in.get(at + 1) & 0x7f;
		int content = at + SHORT_HEADER;
		if (length == Frame.LENGTH_16) {
			length = longer(in, at);
			content = at + LONG_HEADER;
		}
		byte[] bytes = new byte[length];
		in.get(content, bytes);
		in.position(content + length);
		boolean ascii = Mask.remove(bytes, 0, length, mask(in, content - Frame.MASK_BYTES));
		boolean binary = in.get(at) == WHOLE_BINARY;
		if (!ascii && !binary && Utf8.check(Utf8.COMPLETE, bytes, 0, length) != Utf8.COMPLETE) {
			throw new FramingException(FramingException.NOT_TEXT, "Text is not UTF-8");
		}
		sink.onMessage(bytes, binary);
		return true;
	}

	/** Byte by byte, as the buffer may have either order. */
	private static int mask(ByteBuffer in, int at) {
		return (in.get(at) << 24) | ((in.get(at + 1) & 0xff) << 16) | ((in.get(at + 2) & 0xff) << 8)
				| (in.get(at + 3) & 0xff);
	}

	/**
	 * Read to the end of one frame, or what is there of it.
	 * @return whether it ended a message
	 */
	private boolean read(ByteBuffer in, FrameSink sink) throws FramingException {
		Frame current = this.frame;
		if (current == null) {
			int size = (this.message != null) ? this.message.size() : 0;
			current = new Frame(this.message != null, this.maxMessageSize - size);
			this.frame = current;
		}
		if (!current.readHeader(in)) {
			return false;
		}
		Payload payload = payload(current);
		payload.take(in, current);
		if (current.left() > 0) {
			return false;
		}
		this.frame = null;
		if (current.isControl()) {
			this.control = null;
			tell(current.opcode(), payload.finish(), sink);
			return false;
		}
		if (current.isFinal()) {
			this.message = null;
			sink.onMessage(payload.finish(), payload.isBinary());
			return true;
		}
		return false;
	}

	private Payload payload(Frame current) {
		Payload payload = current.isControl() ? this.control : this.message;
		if (payload != null) {
			return payload;
		}
		payload = new Payload(current.opcode() != Frame.TEXT);
		if (current.isControl()) {
			this.control = payload;
		}
		else {
			this.message = payload;
		}
		return payload;
	}

	private void tell(int opcode, byte[] content, FrameSink sink) throws FramingException {
		switch (opcode) {
			case Frame.PING -> sink.onPing(content);
			case Frame.PONG -> sink.onPong(content);
			default -> {
				end();
				CloseFrames.tell(content, sink);
			}
		}
	}

	private void end() {
		this.ended = true;
		this.frame = null;
		this.message = null;
		this.control = null;
	}

}
