package io.neffos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A connection: one WebSocket, on which namespaces are connected.
 * <p>
 * What one thread sends to a connection, directly or through rooms, arrives in the order
 * in which it was sent. Sending never blocks: a message is queued, and a connection that
 * does not keep up is closed. Futures end by an answer, by their timeout or by the end of
 * the connection, whichever comes first; blocking forms wait for them and may be called
 * from handlers, also from those of the same connection. Functions attached to the future
 * of an ask run on the application's executor, those attached to other futures in the
 * order of the connection's handlers; after a timeout both run on a timer thread and must
 * not block.
 * <p>
 * Two connections are equal only if they are the same; ids may repeat if the application
 * chooses them so.
 *
 * @since 0.1.0
 */
public interface Conn {

	/**
	 * The id, chosen by the server and told to the client.
	 * @return a text that is not empty; on a client, empty before it is told
	 */
	String id();

	/**
	 * The HTTP request the connection came with; on a client, the one it made.
	 * @return the request
	 */
	HandshakeInfo handshake();

	/**
	 * Which end of the connection this is. The operations are the same on both; a client
	 * sends to the server only, and does not know who else is in a room.
	 * @return {@code true} on a client
	 */
	boolean isClient();

	/**
	 * Whether the connection is closed. Nothing can be sent on it any more, though
	 * handlers of its end may still be running.
	 * @return {@code true} once closed, by whichever side
	 */
	boolean isClosed();

	/**
	 * Whether the client said that it had been connected before (protocol section 1).
	 * @return {@code true} for a connection that came back
	 */
	default boolean wasReconnected() {
		return reconnectTries() > 0;
	}

	/**
	 * How many attempts the client needed to come back.
	 * @return the count, 0 for a first connection
	 */
	default int reconnectTries() {
		return handshake().reconnectTries();
	}

	/**
	 * Keep a value with the connection.
	 * @param key its name
	 * @param value the value, or {@code null} to remove it
	 */
	void set(String key, @Nullable Object value);

	/**
	 * Get a value kept with the connection.
	 * @param key its name
	 * @return the value, or {@code null}
	 */
	@Nullable Object get(String key);

	/**
	 * Get a value of a known type kept with the connection.
	 * @param <T> the type
	 * @param key its name
	 * @param type the type
	 * @return the value, or {@code null}
	 * @throws ClassCastException if the value is of another type
	 */
	default <T> @Nullable T get(String key, Class<T> type) {
		return type.cast(get(key));
	}

	/**
	 * Count up, atomically.
	 * @param key the name of the count, which begins at 0
	 * @return the new count
	 */
	long increment(String key);

	/**
	 * Count down, atomically.
	 * @param key the name of the count, which begins at 0
	 * @return the new count
	 */
	long decrement(String key);

	/**
	 * Look up a connected namespace.
	 * @param namespace its name
	 * @return this connection within the namespace, or {@code null} if it is not
	 * connected
	 */
	@Nullable NSConn namespace(String namespace);

	/**
	 * The namespaces that are connected now.
	 * @return a snapshot that is safe to iterate
	 */
	List<NSConn> namespaces();

	/**
	 * Connect a namespace from this side, and wait. See {@link #connectAsync}.
	 * @param namespace its name
	 * @return this connection within the namespace
	 * @throws BadNamespaceException if either side does not declare it
	 * @throws RefusedException if either side refused
	 * @throws AskTimeoutException if the peer did not answer within the default timeout
	 * @throws WriteClosedException if the connection closed
	 */
	default NSConn connect(String namespace) {
		return Blocking.await(connectAsync(namespace));
	}

	/**
	 * Connect a namespace from this side, and wait at most some time.
	 * @param namespace its name
	 * @param timeout how long to wait for the peer, more than 0
	 * @return this connection within the namespace
	 */
	default NSConn connect(String namespace, Duration timeout) {
		return Blocking.await(connectAsync(namespace, timeout));
	}

	/**
	 * Connect a namespace from this side, within the default timeout.
	 * @param namespace its name
	 * @return completes with this connection within the namespace; fails as the blocking
	 * form throws
	 */
	CompletableFuture<NSConn> connectAsync(String namespace);

	/**
	 * Connect a namespace from this side. {@code OnNamespaceConnect} of this side runs
	 * first and may refuse; then the peer is asked. Already connected: completes at once.
	 * Concurrent calls for one namespace share one request. Before the acknowledgement of
	 * the connection, in a handler of {@code OnConnect}, the request waits for it, so
	 * such a handler must not block on the future.
	 * @param namespace its name
	 * @param timeout how long to wait for the peer, more than 0
	 * @return completes with this connection within the namespace; fails as the blocking
	 * form throws
	 */
	CompletableFuture<NSConn> connectAsync(String namespace, Duration timeout);

	/**
	 * Wait for a namespace to be connected by either side. See {@link #waitConnectAsync}.
	 * Not to be called by a handler of this connection, which holds up the request that
	 * is waited for.
	 * @param namespace its name
	 * @return this connection within the namespace
	 * @throws BadNamespaceException if it is not declared on this side
	 * @throws AskTimeoutException if it was not connected within the default timeout
	 * @throws WriteClosedException if the connection closed
	 * @throws IllegalStateException if a handler of this connection calls it
	 */
	default NSConn waitConnect(String namespace) {
		return Blocking.await(waitConnectAsync(namespace));
	}

	/**
	 * Wait at most some time for a namespace to be connected by either side.
	 * @param namespace its name
	 * @param timeout how long to wait, more than 0
	 * @return this connection within the namespace
	 */
	default NSConn waitConnect(String namespace, Duration timeout) {
		return Blocking.await(waitConnectAsync(namespace, timeout));
	}

	/**
	 * Wait for a namespace to be connected by either side, within the default timeout.
	 * @param namespace its name
	 * @return completes with this connection within the namespace; fails as the blocking
	 * form throws
	 */
	CompletableFuture<NSConn> waitConnectAsync(String namespace);

	/**
	 * Wait for a namespace to be connected by either side; for a client, above all by the
	 * server. Connected already: completes at once. Otherwise completes after
	 * {@code OnNamespaceConnected} has run.
	 * @param namespace its name
	 * @param timeout how long to wait, more than 0
	 * @return completes with this connection within the namespace; fails as the blocking
	 * form throws
	 */
	CompletableFuture<NSConn> waitConnectAsync(String namespace, Duration timeout);

	/**
	 * Disconnect every namespace, one after the other, and wait.
	 * @throws NeffosException the first failure, which stops it
	 */
	default void disconnectAll() {
		Blocking.await(disconnectAllAsync());
	}

	/**
	 * Disconnect every namespace, one after the other; the first failure stops it.
	 * @return completes when all are disconnected
	 */
	CompletableFuture<@Nullable Void> disconnectAllAsync();

	/**
	 * Send a message to this connection only.
	 * @param message with its namespace, which must be connected, and its room, if any,
	 * which must be joined
	 * @return {@code false} if it was not queued: closed, not connected, not joined
	 */
	boolean write(Message message);

	/**
	 * Ask the peer and wait within the default timeout.
	 * @param message with its namespace and, if any, its room
	 * @return the answer
	 * @throws RefusedException if the answer is an error
	 * @throws AskTimeoutException if no answer arrived in time
	 * @throws BadNamespaceException if the namespace is not connected
	 * @throws BadRoomException if the room is not joined
	 * @throws WriteClosedException if the connection is closed or closes meanwhile
	 */
	default Message ask(Message message) {
		return Blocking.await(askAsync(message));
	}

	/**
	 * Ask the peer and wait at most some time. Other connections are not held up, nor are
	 * answers on this one.
	 * @param message with its namespace and, if any, its room
	 * @param timeout how long to wait, more than 0
	 * @return the answer
	 */
	default Message ask(Message message, Duration timeout) {
		return Blocking.await(askAsync(message, timeout));
	}

	/**
	 * Ask the peer, within the default timeout.
	 * @param message with its namespace and, if any, its room
	 * @return completes with the answer; fails as the blocking form throws
	 */
	CompletableFuture<Message> askAsync(Message message);

	/**
	 * Ask the peer.
	 * @param message with its namespace and, if any, its room
	 * @param timeout how long to wait, more than 0
	 * @return completes with the answer; fails as the blocking form throws
	 */
	CompletableFuture<Message> askAsync(Message message, Duration timeout);

	/**
	 * Close the connection normally: code 1000, after what is queued was written.
	 */
	default void close() {
		close(1000, "");
	}

	/**
	 * Close the connection after what is queued was written. Returns at once. For every
	 * joined room {@code OnRoomLeave} and {@code OnRoomLeft} fire, then
	 * {@code OnNamespaceDisconnect}, exactly once each.
	 * @param code a close code that RFC 6455 allows an endpoint to send: 1000 to 1014
	 * without 1004 to 1006, or 3000 to 4999
	 * @param reason at most 123 bytes of UTF-8
	 * @throws IllegalArgumentException for a code or reason that cannot be sent
	 */
	void close(int code, String reason);

}
