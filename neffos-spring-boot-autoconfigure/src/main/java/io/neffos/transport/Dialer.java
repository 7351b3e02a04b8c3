package io.neffos.transport;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets, for clients. Safe for concurrent use; no method blocks, and none
 * throws: what goes wrong fails the future, and every future ends within the time the
 * request gives.
 *
 * @since 0.1.0
 */
public interface Dialer {

	/**
	 * Open a WebSocket.
	 * @param request where to and how
	 * @return completes with the socket, which reads nothing before it is started; fails
	 * with a {@link DialException}
	 */
	CompletableFuture<DialedSocket> dial(DialRequest request);

	/**
	 * Find out whether anybody is there, by an HTTP request with the method {@code HEAD}
	 * for the same address. Any answer will do, whatever its status (protocol section
	 * 11).
	 * @param request where to and how
	 * @return completes when there was an answer; fails with a {@link DialException}
	 */
	CompletableFuture<@Nullable Void> probe(DialRequest request);

}
