package io.neffos.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of the messages of one socket together, up to a bound, for adapters
 * whose library delivers messages in parts. What is over the bound is not even kept.
 * Entered by one thread at a time.
 *
 * @since 0.1.0
 */
public final class MessageParts {

	private final SocketListener listener;

	private final int limit;

	private @Nullable StringBuilder text;

	private @Nullable ByteArrayOutputStream binary;

	private boolean overflown;

	/**
	 * Create an empty object.
	 * @param listener who gets whole messages
	 * @param limit how many bytes a message may have
	 */
	public MessageParts(SocketListener listener, int limit) {
		this.listener = listener;
		this.limit = limit;
	}

	/**
	 * Who gets whole messages.
	 * @return the listener
	 */
	public SocketListener listener() {
		return this.listener;
	}

	/**
	 * A part of a text message arrived.
	 * @param part the part
	 * @param last whether it completes the message
	 */
	public void onText(CharSequence part, boolean last) {
		if (this.overflown) {
			return;
		}
		if (last && this.text == null) {
			this.listener.onFrame(part.toString().getBytes(StandardCharsets.UTF_8), false);
			return;
		}
		if (this.text == null) {
			this.text = new StringBuilder(part.length() * 2);
		}
		// A character takes at least one byte, so this bound is never too low.
		if (this.text.length() + part.length() > this.limit) {
			overflow();
			return;
		}
		this.text.append(part);
		if (last) {
			byte[] bytes = this.text.toString().getBytes(StandardCharsets.UTF_8);
			this.text = null;
			this.listener.onFrame(bytes, false);
		}
	}

	/**
	 * A part of a binary message arrived.
	 * @param part the part, which is read to its end
	 * @param last whether it completes the message
	 */
	public void onBinary(ByteBuffer part, boolean last) {
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		if (this.overflown) {
			return;
		}
		if (last && this.binary == null) {
			this.listener.onFrame(bytes, true);
			return;
		}
		if (this.binary == null) {
			this.binary = new ByteArrayOutputStream(bytes.length * 2);
		}
		if (this.binary.size() + bytes.length > this.limit) {
			overflow();
			return;
		}
		this.binary.writeBytes(bytes);
		if (last) {
			byte[] whole = this.binary.toByteArray();
			this.binary = null;
			this.listener.onFrame(whole, true);
		}
	}

	private void overflow() {
		this.overflown = true;
		this.text = null;
		this.binary = null;
		this.listener.onTooBig();
	}

}
