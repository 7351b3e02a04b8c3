package io.neffos.transport;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket message to be written, encoded once and shared by everybody who gets it.
 * Never changed after construction, except that the forms made of it are remembered.
 *
 * @since 0.1.0
 */
public final class WireFrame {

	private final byte[] bytes;

	private final boolean binary;

	private final @Nullable Expendable expendable;

	private @Nullable String text;

	private byte @Nullable [] block;

	/**
	 * Create a message.
	 * @param bytes its content, not copied; UTF-8 unless binary
	 * @param binary whether it is a binary message
	 */
	public WireFrame(byte[] bytes, boolean binary) {
		this(bytes, binary, null);
	}

	/**
	 * Create a message that may be dropped when its receiver does not keep up.
	 * @param bytes its content, not copied; UTF-8 unless binary
	 * @param binary whether it is a binary message
	 * @param expendable how it may be dropped, or {@code null} if it may not
	 */
	public WireFrame(byte[] bytes, boolean binary, @Nullable Expendable expendable) {
		this.bytes = bytes;
		this.binary = binary;
		this.expendable = expendable;
	}

	/**
	 * How the message may be dropped when its receiver does not keep up.
	 * @return the rule, or {@code null} if the message may not be dropped
	 */
	public @Nullable Expendable expendable() {
		return this.expendable;
	}

	/**
	 * The message as a server's frame of RFC 6455 section 5.2: final and not masked. Made
	 * at most a few times, whatever the number of receivers.
	 * @return header and content, not to be changed
	 */
	public byte[] block() {
		byte[] result = this.block;
		if (result == null) {
			result = ServerFrame.encode(this.binary ? ServerFrame.BINARY : ServerFrame.TEXT, this.bytes);
			this.block = result;
		}
		return result;
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
