package io.neffos.framing;

import java.nio.ByteBuffer;

/**
 * One frame that did not arrive whole: reads its header byte by byte, failing at the
 * first that is not allowed, then counts down its content.
 */
final class Frame {

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	static final int FIN = 0x80;

	static final int MASKED = 0x80;

	/** Instead of a length: two bytes of length follow. */
	static final int LENGTH_16 = 126;

	/** Bytes of mask after the length. */
	static final int MASK_BYTES = 4;

	private static final int RESERVED = 0x70;

	private static final int OPCODE = 0x0f;

	private static final int CONTROL = 0x08;

	private static final int MAX_CONTROL = 125;

	private final boolean continues;

	private final int room;

	private byte first;

	/** Bytes of header that were read, and how many of length follow the first two. */
	private byte read;

	private byte extended;

	private int mask;

	/** Bytes of content to come; while the header is read, what is known of them. */
	private long left;

	/**
	 * Create a frame of which nothing was read.
	 * @param continues whether a fragmented message has begun
	 * @param room bytes which that message may still get
	 */
	Frame(boolean continues, int room) {
		this.continues = continues;
		this.room = room;
	}

	/**
	 * Read of the header what is there.
	 * @return whether it is complete
	 */
	boolean readHeader(ByteBuffer in) throws FramingException {
		while (!isHeaderComplete()) {
			if (!in.hasRemaining()) {
				return false;
			}
			accept(in.get());
		}
		return true;
	}

	private boolean isHeaderComplete() {
		return this.read >= 2 && this.read == 2 + this.extended + MASK_BYTES;
	}

	private void accept(byte unit) throws FramingException {
		int index = this.read++;
		if (index == 0) {
			this.first = unit;
			checkKind();
		}
		else if (index == 1) {
			length(unit & 0xff);
		}
		else if (index < 2 + this.extended) {
			this.left = (this.left << Byte.SIZE) | (unit & 0xff);
		}
		else {
			this.mask = (this.mask << Byte.SIZE) | (unit & 0xff);
		}
		if (index > 0 && index == 1 + this.extended) {
			checkSize();
		}
	}

	private void checkKind() throws FramingException {
		if ((this.first & RESERVED) != 0) {
			throw new FramingException(FramingException.PROTOCOL, "Reserved bit without an extension");
		}
		switch (opcode()) {
			case TEXT, BINARY -> {
				if (this.continues) {
					throw new FramingException(FramingException.PROTOCOL, "New message inside of another");
				}
			}
			case CONTINUATION -> {
				if (!this.continues) {
					throw new FramingException(FramingException.PROTOCOL, "Nothing to continue");
				}
			}
			case CLOSE, PING, PONG -> {
				if (!isFinal()) {
					throw new FramingException(FramingException.PROTOCOL, "Fragmented control frame");
				}
			}
			default -> throw new FramingException(FramingException.PROTOCOL, "Opcode " + opcode());
		}
	}

	private void length(int unit) throws FramingException {
		if ((unit & MASKED) == 0) {
			throw new FramingException(FramingException.PROTOCOL, "Not masked");
		}
		int length = unit & ~MASKED;
		if (length < LENGTH_16) {
			this.left = length;
		}
		else if (isControl()) {
			throw new FramingException(FramingException.PROTOCOL, "Control frame over " + MAX_CONTROL + " bytes");
		}
		else {
			this.extended = (byte) ((length == LENGTH_16) ? Short.BYTES : Long.BYTES);
		}
	}

	private void checkSize() throws FramingException {
		if (this.left < 0) {
			throw new FramingException(FramingException.PROTOCOL, "Length of 64 bits");
		}
		if (!isControl() && this.left > this.room) {
			throw new FramingException(FramingException.TOO_BIG, "Message too big");
		}
	}

	int opcode() {
		return this.first & OPCODE;
	}

	boolean isControl() {
		return (this.first & CONTROL) != 0;
	}

	boolean isFinal() {
		return (this.first & FIN) != 0;
	}

	/** The mask for the next byte of content. */
	int mask() {
		return this.mask;
	}

	/** Bytes of content to come, once the header is complete. */
	int left() {
		return (int) this.left;
	}

	/** Tell that bytes of content were read. */
	void advance(int count) {
		this.mask = Mask.after(this.mask, count);
		this.left -= count;
	}

}
