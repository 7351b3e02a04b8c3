package io.neffos.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.neffos.HandshakeInfo;
import io.neffos.WriteClosedException;
import io.neffos.engine.EngineConn;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens sockets and is acknowledged on them, one at a time, until it is closed. What is
 * under way then is given up, and leaves no socket open.
 */
final class Opening {

	private final ClientParts parts;

	private final ClientHost host;

	/** Guarded by this: what is not acknowledged yet. */
	private @Nullable EngineConn greeting;

	/** Guarded by this. */
	private boolean closed;

	Opening(ClientParts parts, ClientHost host) {
		this.parts = parts;
		this.host = host;
	}

	/**
	 * Open a socket and be acknowledged on it.
	 * @param acknowledged called in the mailbox of the connection before anything else
	 * becomes of it, its end included; may throw to refuse it
	 * @return completes after that
	 */
	CompletableFuture<EngineConn> open(DialRequest request, Consumer<EngineConn> acknowledged) {
		return this.parts.dialer().dial(request).thenCompose((socket) -> greet(socket, request, acknowledged));
	}

	private CompletableFuture<EngineConn> greet(DialedSocket socket, DialRequest request,
			Consumer<EngineConn> acknowledged) {
		HandshakeInfo handshake = new HandshakeInfo(request.uri(), request.headers(), null, null, socket.subprotocol());
		EngineConn conn = new EngineConn(this.host, socket, handshake, "");
		// Attached before the connection opens, so that its end cannot come first.
		CompletableFuture<EngineConn> result = conn.acknowledgement().thenApply((done) -> {
			forget();
			acknowledged.accept(conn);
			return conn;
		});
		try {
			remember(conn);
			conn.open(socket);
		}
		catch (RuntimeException ex) {
			// Also when the client closes just now: its timer ends with it.
			socket.close(new CloseReason(CloseReason.GOING_AWAY, ""));
			throw ex;
		}
		return result;
	}

	private synchronized void remember(EngineConn conn) {
		if (this.closed) {
			throw new WriteClosedException("The client was closed");
		}
		this.greeting = conn;
	}

	private synchronized void forget() {
		this.greeting = null;
	}

	void close() {
		EngineConn unacknowledged;
		synchronized (this) {
			this.closed = true;
			unacknowledged = this.greeting;
		}
		if (unacknowledged != null) {
			unacknowledged.close();
		}
	}

}
