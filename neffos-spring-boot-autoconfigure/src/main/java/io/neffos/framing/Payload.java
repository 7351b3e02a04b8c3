package io.neffos.framing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What has arrived of a message or of a control frame. Grows with what arrives, not with
 * what was announced.
 */
final class Payload {

	/** Announced contents up to this size are believed. */
	private static final int BELIEVED = 512;

	private static final byte[] NOTHING = {};

	private final boolean binary;

	private byte[] bytes = NOTHING;

	private int size;

	private byte utf8 = Utf8.COMPLETE;

	Payload(boolean binary) {
		this.binary = binary;
	}

	/**
	 * Take of a frame's content what is there.
	 */
	void take(ByteBuffer in, Frame frame) throws FramingException {
		int count = Math.min(frame.left(), in.remaining());
		if (count > 0) {
			int end = this.size + count;
			ensureCapacity(end, frame);
			in.get(this.bytes, this.size, count);
			boolean ascii = Mask.remove(this.bytes, this.size, end, frame.mask());
			frame.advance(count);
			if (!this.binary && (this.utf8 != Utf8.COMPLETE || !ascii)) {
				check(this.size, end);
			}
			this.size = end;
		}
	}

	private void check(int from, int to) throws FramingException {
		this.utf8 = Utf8.check(this.utf8, this.bytes, from, to);
		if (this.utf8 == Utf8.BROKEN) {
			throw new FramingException(FramingException.NOT_TEXT, "Text is not UTF-8");
		}
	}

	private void ensureCapacity(int needed, Frame frame) {
		if (needed <= this.bytes.length) {
			return;
		}
		long announced = (long) this.size + frame.left();
		long capacity = Math.max(needed, Math.max(2L * this.bytes.length, Math.min(announced, BELIEVED)));
		if (frame.isFinal()) {
			capacity = Math.min(capacity, announced);
		}
		this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(capacity, Integer.MAX_VALUE - 8));
	}

	boolean isBinary() {
		return this.binary;
	}

	int size() {
		return this.size;
	}

	/**
	 * Hand over the whole content.
	 * @throws FramingException if the text ends within a character
	 */
	byte[] finish() throws FramingException {
		if (this.utf8 != Utf8.COMPLETE) {
			throw new FramingException(FramingException.NOT_TEXT, "Text ends within a character");
		}
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

}
