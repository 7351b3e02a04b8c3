package io.neffos.transport;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket message to be written, encoded once and shared by everybody who gets it.
 * Never changed after construction, except that the text form is remembered.
 *
 * @since 0.1.0
 */
public final class WireFrame {

	private final byte[] bytes;

	private final boolean binary;

	private volatile @Nullable String text;

	/**
	 * Create a message.
	 * @param bytes its content, not copied; UTF-8 unless binary
	 * @param binary whether it is a binary message
	 */
	public WireFrame(byte[] bytes, boolean binary) {
		this.bytes = bytes;
		this.binary = binary;
	}

	/**
	 * The content.
	 * @return the bytes, not to be changed
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Whether it is a binary message.
	 * @return {@code false} for text
	 */
	public boolean binary() {
		return this.binary;
	}

	/**
	 * The content as text, for sockets that take nothing else. Made at most a few times,
	 * whatever the number of receivers.
	 * @return the content read as UTF-8
	 */
	public String text() {
		String result = this.text;
		if (result == null) {
			result = new String(this.bytes, StandardCharsets.UTF_8);
			this.text = result;
		}
		return result;
	}

	/**
	 * The size of the content.
	 * @return the number of bytes
	 */
	public int size() {
		return this.bytes.length;
	}

}
