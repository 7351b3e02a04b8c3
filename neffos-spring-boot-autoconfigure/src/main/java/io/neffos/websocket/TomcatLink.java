package io.neffos.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

import io.neffos.nio.StreamSocket;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Bytes through Tomcat's socket, which encrypts them. Tomcat watches the connection and
 * calls on its own threads, one at a time.
 */
final class TomcatLink extends NotifiedLink {

	private final SocketWrapperBase<?> wrapper;

	/** Tomcat keeps what the network did not take. Only by the thread that writes. */
	private boolean leftover;

	TomcatLink(SocketWrapperBase<?> wrapper) {
		this.wrapper = wrapper;
	}

	SocketState onReadable() {
		available();
		return state();
	}

	SocketState onWritable() {
		StreamSocket writes = socket();
		if (writes != null) {
			writes.writable();
		}
		return state();
	}

	/** Tomcat is to watch again when somebody says so, not when its thread is back. */
	private SocketState state() {
		return isClosed() ? SocketState.CLOSED : SocketState.SUSPENDED;
	}

	@Override
	public int read(ByteBuffer to) throws IOException {
		int limit = to.limit();
		try {
			int count = this.wrapper.read(false, to);
			if (count == 0) {
				// In this order, as Tomcat calls from now on.
				exhausted();
				this.wrapper.registerReadInterest();
			}
			return count;
		}
		catch (EOFException ex) {
			return -1;
		}
		finally {
			// Tomcat lowers it.
			to.limit(limit);
		}
	}

	@Override
	public boolean write(ByteBuffer from) throws IOException {
		if (this.leftover && this.wrapper.flush(false)) {
			return false;
		}
		this.wrapper.write(false, from);
		this.leftover = this.wrapper.flush(false);
		return !this.leftover;
	}

	@Override
	public void wantWrite() {
		this.wrapper.registerWriteInterest();
	}

	@Override
	public boolean isOpen() {
		return !isClosed() && !this.wrapper.isClosed();
	}

	@Override
	public void close() {
		if (markClosed()) {
			TomcatUpgradeHandler.close(this.wrapper);
		}
	}

}
