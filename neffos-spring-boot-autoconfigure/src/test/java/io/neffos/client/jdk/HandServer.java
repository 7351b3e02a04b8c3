package io.neffos.client.jdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/** A server without threads: the test itself accepts, reads and writes. */
final class HandServer implements AutoCloseable {

	static final int PATIENCE_MILLIS = 20_000;

	private static final int SMALL_BUFFER = 4_096;

	private final ServerSocket socket;

	private final String scheme;

	HandServer() throws IOException {
		this(null);
	}

	HandServer(@Nullable SSLContext tls) throws IOException {
		this.scheme = (tls != null) ? "wss" : "ws";
		this.socket = (tls != null) ? tls.getServerSocketFactory().createServerSocket() : new ServerSocket();
		// Fixes the window, so that a peer that stops reading is soon noticed.
		this.socket.setReceiveBufferSize(SMALL_BUFFER);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	int port() {
		return this.socket.getLocalPort();
	}

	URI uri() {
		return URI.create(this.scheme + "://localhost:" + port() + "/neffos?token=secret");
	}

	/** The next connection, whose request has been read. */
	HandPeer accept() throws IOException {
		return new HandPeer(this.socket.accept());
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
