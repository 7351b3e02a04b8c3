package io.neffos.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what another server wrote with a {@link WireWriter}. Every method throws
 * {@link MalformedException} instead of reading past the end.
 */
final class WireReader {

	private final byte[] bytes;

	private int at;

	WireReader(byte[] bytes) {
		this.bytes = bytes;
	}

	boolean hasMore() {
		return this.at < this.bytes.length;
	}

	int octet() {
		need(1);
		return this.bytes[this.at++] & 0xFF;
	}

	long number() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			int next = octet();
			value |= (long) (next & 0x7F) << shift;
			if (next < 0x80) {
				if (value < 0) {
					break;
				}
				return value;
			}
		}
		throw new MalformedException("a number is too large");
	}

	/** A number of things, of which each takes one byte at least. */
	int count() {
		long value = number();
		if (value > this.bytes.length - this.at) {
			throw new MalformedException("more is announced than there is");
		}
		return (int) value;
	}

	/** A number that fits into an int. */
	int integer() {
		long value = number();
		if (value > Integer.MAX_VALUE) {
			throw new MalformedException("a number is too large");
		}
		return (int) value;
	}

	String text() {
		int length = count();
		String value = new String(this.bytes, this.at, length, StandardCharsets.UTF_8);
		this.at += length;
		return value;
	}

	byte[] block() {
		int length = count();
		byte[] value = Arrays.copyOfRange(this.bytes, this.at, this.at + length);
		this.at += length;
		return value;
	}

	byte[] rest() {
		byte[] value = Arrays.copyOfRange(this.bytes, this.at, this.bytes.length);
		this.at = this.bytes.length;
		return value;
	}

	private void need(int count) {
		if (this.bytes.length - this.at < count) {
			throw new MalformedException("it ends too early");
		}
	}

	/** A message of another server cannot be read. */
	static final class MalformedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		MalformedException(String message) {
			super(message, null, false, false);
		}

	}

}
