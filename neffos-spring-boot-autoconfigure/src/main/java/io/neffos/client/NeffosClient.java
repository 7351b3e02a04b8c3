package io.neffos.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.WriteClosedException;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A client of a neffos server: one connection at a time, and the means to come back when
 * it is lost.
 * <p>
 * A connection that is lost ends like any other: handlers are told, pending asks fail,
 * and its {@link Conn}, {@link NSConn} and {@link io.neffos.Room} objects stay closed.
 * Then, unless the application closed it or the {@link ReconnectPolicy} says no, the
 * client dials again, connects the namespaces and joins the rooms of the lost connection,
 * in their order, and tells its {@link NeffosClientListener}s. From then on
 * {@link #conn()} and {@link #namespace(String)} return the new objects, so ask for them
 * rather than keep them. Safe for concurrent use.
 *
 * <pre class="code">
 * NeffosClient client = NeffosClient.builder()
 *     .uri("wss://example.org/neffos")
 *     .namespaces(Namespaces.builder()
 *         .namespace("chat", (events) -&gt; events.on("said", (ns, msg) -&gt; show(msg.text())))
 *         .build())
 *     .dial();
 * Room lobby = client.connect("chat").joinRoom("lobby");
 * lobby.emit("say", "hello");
 * </pre>
 *
 * @since 0.1.0
 */
public interface NeffosClient extends AutoCloseable {

	/**
	 * Begin to configure a client.
	 * @return a builder without address and namespaces
	 */
	static NeffosClientBuilder builder() {
		return new NeffosClientBuilder();
	}

	/**
	 * The connection.
	 * @return the connection in use; while the client is not connected, the one that was
	 * lost
	 */
	Conn conn();

	/**
	 * What the client is doing.
	 * @return the state at this moment
	 */
	State state();

	/**
	 * Whether messages can be sent now.
	 * @return {@code true} in {@link State#CONNECTED}
	 */
	default boolean isConnected() {
		return state() == State.CONNECTED;
	}

	/**
	 * Look up a connected namespace of the connection in use.
	 * @param namespace its name
	 * @return the connection within the namespace, or {@code null} if it is not connected
	 */
	default @Nullable NSConn namespace(String namespace) {
		return conn().namespace(namespace);
	}

	/**
	 * Connect a namespace and wait within the default timeout.
	 * @param namespace its name
	 * @return the connection within the namespace
	 * @throws BadNamespaceException if either side does not declare it
	 * @throws RefusedException if either side refused
	 * @throws AskTimeoutException if the server did not answer in time
	 * @throws WriteClosedException if the client is not connected, or lost its connection
	 * meanwhile
	 */
	default NSConn connect(String namespace) {
		return conn().connect(namespace);
	}

	/**
	 * Connect a namespace, within the default timeout.
	 * @param namespace its name
	 * @return completes with the connection within the namespace; fails as the blocking
	 * form throws
	 */
	default CompletableFuture<NSConn> connectAsync(String namespace) {
		return conn().connectAsync(namespace);
	}

	/**
	 * Wait for the server to connect a namespace.
	 * @param namespace its name
	 * @param timeout how long to wait, more than 0
	 * @return the connection within the namespace
	 * @see Conn#waitConnectAsync(String, Duration)
	 */
	default NSConn waitConnect(String namespace, Duration timeout) {
		return conn().waitConnect(namespace, timeout);
	}

	/**
	 * Send a message to the server. While the client comes back, the message is kept if
	 * the client was built with a {@linkplain NeffosClientBuilder#bufferWhileReconnecting
	 * buffer} that has room; the messages kept are sent, in order and before any other of
	 * this method, when the namespaces and rooms are restored. What cannot be sent then
	 * is told to the listeners. Never blocks.
	 * @param message with its namespace, which must be connected, and its room, if any,
	 * which must be joined
	 * @return {@code false} if it was neither queued nor kept
	 */
	boolean write(Message message);

	/**
	 * Send an event to the server, as {@link #write} does.
	 * @param namespace the namespace
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return {@code false} if it was neither queued nor kept
	 */
	default boolean emit(String namespace, String event, @Nullable Object body) {
		return write(Message.builder().namespace(namespace).event(event).body(body).build());
	}

	/**
	 * Close the connection normally and for good, after what is queued was written.
	 * Returns at once, so that handlers may call it; {@link #closed()} tells when
	 * everything is over. Further calls have no effect.
	 */
	@Override
	void close();

	/**
	 * The end of the client.
	 * @return completes when the client is closed for good and all its handlers have run,
	 * with the code and text that ended its last connection; never fails
	 */
	CompletableFuture<CloseReason> closed();

	/**
	 * What a client can be doing.
	 *
	 * @since 0.1.0
	 */
	enum State {

		/** The connection is in use. */
		CONNECTED,

		/** The connection was lost; the client tries to come back, or restores rooms. */
		RECONNECTING,

		/** Over for good. */
		CLOSED

	}

}
