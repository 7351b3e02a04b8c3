package io.neffos.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes what servers tell each other: numbers as they need bytes, texts as UTF-8. */
final class WireWriter {

	private byte[] bytes;

	private int size;

	WireWriter(int expected) {
		this.bytes = new byte[Math.max(16, expected)];
	}

	/** How many bytes have been written. */
	int size() {
		return this.size;
	}

	WireWriter octet(int value) {
		room(1);
		this.bytes[this.size++] = (byte) value;
		return this;
	}

	/** A number that is 0 or more: seven bits a byte, the lowest first. */
	WireWriter number(long value) {
		room(10);
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.bytes[this.size++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.bytes[this.size++] = (byte) rest;
		return this;
	}

	WireWriter text(String value) {
		return block(value.getBytes(StandardCharsets.UTF_8));
	}

	/** Bytes with their number before them. */
	WireWriter block(byte[] value) {
		number(value.length);
		return rest(value);
	}

	/** Bytes to the end of the message. */
	WireWriter rest(byte[] value) {
		room(value.length);
		System.arraycopy(value, 0, this.bytes, this.size, value.length);
		this.size += value.length;
		return this;
	}

	private void room(int more) {
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.size + more));
		}
	}

	byte[] toBytes() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

}
