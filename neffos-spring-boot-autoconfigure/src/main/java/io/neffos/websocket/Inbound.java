package io.neffos.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.neffos.transport.SocketListener;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;

/**
 * Puts the parts of messages of one session together, up to a bound. Entered by one
 * thread at a time.
 */
final class Inbound {

	private final SocketListener listener;

	private final int limit;

	private @Nullable StringBuilder text;

	private @Nullable ByteArrayOutputStream binary;

	/** What is over the bound is not even kept. */
	private boolean overflown;

	Inbound(SocketListener listener, int limit) {
		this.listener = listener;
		this.limit = limit;
	}

	SocketListener listener() {
		return this.listener;
	}

	void onMessage(WebSocketMessage<?> message) {
		if (this.overflown) {
			return;
		}
		if (message instanceof TextMessage part) {
			onText(part.getPayload(), part.isLast());
		}
		else if (message instanceof BinaryMessage part) {
			onBinary(part.getPayload(), part.isLast());
		}
	}

	private void onText(String part, boolean last) {
		if (last && this.text == null) {
			this.listener.onFrame(part.getBytes(StandardCharsets.UTF_8), false);
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

	private void onBinary(ByteBuffer part, boolean last) {
		if (last && this.binary == null) {
			byte[] bytes = new byte[part.remaining()];
			part.get(bytes);
			this.listener.onFrame(bytes, true);
			return;
		}
		if (this.binary == null) {
			this.binary = new ByteArrayOutputStream(part.remaining() * 2);
		}
		if (this.binary.size() + part.remaining() > this.limit) {
			overflow();
			return;
		}
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
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
