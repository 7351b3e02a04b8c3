package io.neffos.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.neffos.nio.StreamSocket;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;

/**
 * Bytes through the two streams of an upgraded request, which call their listeners only
 * after they have answered that they are not ready.
 */
final class ServletLink extends NotifiedLink implements ReadListener, WriteListener {

	private final WebConnection connection;

	private final ServletInputStream in;

	private final ServletOutputStream out;

	/** Guarded by {@link #out}: the container will call. */
	private boolean called = true;

	/** Guarded by {@link #out}: the call is for the socket. */
	private boolean wanted;

	ServletLink(WebConnection connection) throws IOException {
		this.connection = connection;
		this.in = connection.getInputStream();
		this.out = connection.getOutputStream();
	}

	/** From here on the container calls. */
	void listen() {
		this.in.setReadListener(this);
		this.out.setWriteListener(this);
	}

	@Override
	public void onDataAvailable() {
		available();
	}

	@Override
	public void onAllDataRead() {
		available();
	}

	@Override
	public void onWritePossible() {
		synchronized (this.out) {
			this.called = false;
			if (!this.wanted) {
				return;
			}
			this.wanted = false;
		}
		StreamSocket writes = socket();
		if (writes != null) {
			writes.writable();
		}
	}

	@Override
	public void onError(Throwable failure) {
		StreamSocket fails = socket();
		if (fails != null) {
			fails.failed();
		}
	}

	@Override
	public int read(ByteBuffer to) throws IOException {
		if (this.in.isFinished()) {
			return -1;
		}
		// Before the question, as the container may call at once after it.
		exhausted();
		if (!this.in.isReady()) {
			return 0;
		}
		notExhausted();
		int count = this.in.read(to);
		return (count == 0) ? -1 : count;
	}

	@Override
	public boolean write(ByteBuffer from) throws IOException {
		synchronized (this.out) {
			if (this.called || !isReady()) {
				return false;
			}
			// A copy, which the container may keep until it is ready again.
			byte[] bytes = new byte[from.remaining()];
			from.get(bytes);
			this.out.write(bytes);
			if (!isReady()) {
				return false;
			}
			this.out.flush();
			return isReady();
		}
	}

	private boolean isReady() {
		this.called = !this.out.isReady();
		return !this.called;
	}

	@Override
	public void wantWrite() {
		synchronized (this.out) {
			if (this.called) {
				this.wanted = true;
				return;
			}
		}
		StreamSocket writes = socket();
		if (writes != null) {
			writes.writable();
		}
	}

	@Override
	public boolean isOpen() {
		return !isClosed();
	}

	@Override
	public void close() {
		if (markClosed()) {
			try {
				this.connection.close();
			}
			catch (Exception ex) {
				// It is gone one way or another.
			}
		}
	}

}
