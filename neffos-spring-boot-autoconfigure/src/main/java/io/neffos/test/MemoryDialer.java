package io.neffos.test;

import java.security.Principal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.neffos.ConnIdGenerator;
import io.neffos.HandshakeInfo;
import io.neffos.NeffosServer;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import io.neffos.transport.SocketListener;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to a server of the same process, without network and without HTTP: no
 * filter, no origin check and no container sees them. Immutable, safe for concurrent use.
 * <p>
 * Messages arrive in the order in which they were sent, each direction for itself, and
 * each end is told of them by one thread at a time, which may be any thread that sends; a
 * message that is sent from inside such a call is delivered when the call has returned.
 * Nothing is lost and nothing is held back; there is no bound on what waits for an end
 * that was not started. A close reaches both ends, with its code and text, after what was
 * sent before it.
 * <p>
 * The request's address and headers are what the server finds in the
 * {@link HandshakeInfo}, and the first subprotocol that is offered is agreed on, since
 * the choice is the business of the endpoint that is left out.
 *
 * @since 0.1.0
 */
public final class MemoryDialer implements Dialer {

	private final DefaultNeffosServer server;

	private final @Nullable Principal principal;

	private final ConnIdGenerator ids;

	private MemoryDialer(DefaultNeffosServer server, @Nullable Principal principal, ConnIdGenerator ids) {
		this.server = server;
		this.principal = principal;
		this.ids = ids;
	}

	/**
	 * A dialer to a server.
	 * @param server a server of this library, not a mock or a wrapper
	 * @return a dialer of connections without principal, with random ids
	 * @throws IllegalArgumentException if connections cannot be opened at this kind of
	 * server
	 */
	public static MemoryDialer to(NeffosServer server) {
		if (server instanceof DefaultNeffosServer ours) {
			return new MemoryDialer(ours, null, (handshake) -> UUID.randomUUID().toString());
		}
		throw new IllegalArgumentException("Connections in memory need a " + DefaultNeffosServer.class.getName()
				+ ", but this server is a " + server.getClass().getName());
	}

	/**
	 * A dialer whose connections are made as somebody.
	 * @param user what {@link HandshakeInfo#principal()} returns, or {@code null} for
	 * nobody
	 * @return a changed copy
	 */
	public MemoryDialer as(@Nullable Principal user) {
		return new MemoryDialer(this.server, user, this.ids);
	}

	/**
	 * A dialer with another way to choose ids.
	 * @param generator chooses the id of each connection
	 * @return a changed copy
	 */
	public MemoryDialer ids(ConnIdGenerator generator) {
		return new MemoryDialer(this.server, this.principal, generator);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Completes before it returns; fails when the server is closed.
	 */
	@Override
	public CompletableFuture<DialedSocket> dial(DialRequest request) {
		if (this.server.isClosed()) {
			return CompletableFuture.failedFuture(closed());
		}
		List<String> offered = request.subprotocols();
		String subprotocol = offered.isEmpty() ? null : offered.get(0);
		HandshakeInfo handshake = new HandshakeInfo(request.uri(), request.headers(), this.principal, null,
				subprotocol);
		MemoryPipe toClient = new MemoryPipe(request.maxFrameSize());
		// The server checks by itself what it gets.
		MemoryPipe toServer = new MemoryPipe(Integer.MAX_VALUE);
		SocketListener listener = this.server.open(new MemorySocket(toServer, toClient, subprotocol), handshake,
				this.ids.generate(handshake));
		toServer.start(listener);
		return CompletableFuture.completedFuture(new MemorySocket(toClient, toServer, subprotocol));
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Completes before it returns; fails when the server is closed.
	 */
	@Override
	public CompletableFuture<@Nullable Void> probe(DialRequest request) {
		return this.server.isClosed() ? CompletableFuture.failedFuture(closed())
				: CompletableFuture.completedFuture(null);
	}

	private static DialException closed() {
		return new DialException("The server is closed", null);
	}

}
