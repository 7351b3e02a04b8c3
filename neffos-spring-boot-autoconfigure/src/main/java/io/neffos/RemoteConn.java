package io.neffos;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A connection that is known by its id only and may live on any server of the cluster.
 * What is asked for is done there, as by the {@link Conn} itself, and its outcome comes
 * back. Costs one message to each server unless the connection lives on this one; never
 * blocks except in the methods that wait. To send it events or to ask it something, see
 * {@link BroadcastTarget#to(String)}.
 * <p>
 * Every future completes: with the outcome; with {@link WriteClosedException} if no
 * server has such a connection; with {@link RefusedException} if it was refused; with
 * {@link AskTimeoutException} if there is no outcome in time. When a broker cannot be
 * reached only this server is looked at. Where ids repeat, all connections with the id
 * are meant, and the outcome of the first server that has any counts.
 *
 * @since 0.1.0
 */
public interface RemoteConn {

	/**
	 * Which connection.
	 * @return its id
	 */
	String id();

	/**
	 * Connect it to a namespace, see {@link Conn#connectAsync(String, Duration)}.
	 * @param namespace the namespace
	 * @param timeout how long to wait, more than 0
	 * @return completes when it is connected
	 */
	CompletableFuture<@Nullable Void> connectAsync(String namespace, Duration timeout);

	/**
	 * Disconnect it from a namespace, see {@link NSConn#disconnectAsync()}.
	 * @param namespace the namespace
	 * @param timeout how long to wait, more than 0
	 * @return completes when it is disconnected
	 */
	CompletableFuture<@Nullable Void> disconnectAsync(String namespace, Duration timeout);

	/**
	 * Make it join a room, see {@link NSConn#joinRoomAsync(String, Duration)}.
	 * @param namespace the namespace, which it has to be connected to
	 * @param room the room
	 * @param timeout how long to wait, more than 0
	 * @return completes when it has joined
	 */
	CompletableFuture<@Nullable Void> joinRoomAsync(String namespace, String room, Duration timeout);

	/**
	 * Make it leave a room, see {@link Room#leaveAsync(Duration)}.
	 * @param namespace the namespace
	 * @param room the room, which it has to be a member of
	 * @param timeout how long to wait, more than 0
	 * @return completes when it has left
	 */
	CompletableFuture<@Nullable Void> leaveRoomAsync(String namespace, String room, Duration timeout);

	/**
	 * Close it, see {@link Conn#close(int, String)}.
	 * @param code the close code
	 * @param reason the text with it
	 * @param timeout how long to wait, more than 0
	 * @return completes when its server has begun to close it
	 */
	CompletableFuture<@Nullable Void> closeAsync(int code, String reason, Duration timeout);

	/**
	 * Connect it to a namespace and wait.
	 * @param namespace the namespace
	 * @param timeout how long to wait, more than 0
	 */
	default void connect(String namespace, Duration timeout) {
		Blocking.await(connectAsync(namespace, timeout));
	}

	/**
	 * Disconnect it from a namespace and wait.
	 * @param namespace the namespace
	 * @param timeout how long to wait, more than 0
	 */
	default void disconnect(String namespace, Duration timeout) {
		Blocking.await(disconnectAsync(namespace, timeout));
	}

	/**
	 * Make it join a room and wait.
	 * @param namespace the namespace, which it has to be connected to
	 * @param room the room
	 * @param timeout how long to wait, more than 0
	 */
	default void joinRoom(String namespace, String room, Duration timeout) {
		Blocking.await(joinRoomAsync(namespace, room, timeout));
	}

	/**
	 * Make it leave a room and wait.
	 * @param namespace the namespace
	 * @param room the room
	 * @param timeout how long to wait, more than 0
	 */
	default void leaveRoom(String namespace, String room, Duration timeout) {
		Blocking.await(leaveRoomAsync(namespace, room, timeout));
	}

	/**
	 * Close it and wait until that has begun.
	 * @param code the close code
	 * @param reason the text with it
	 * @param timeout how long to wait, more than 0
	 */
	default void close(int code, String reason, Duration timeout) {
		Blocking.await(closeAsync(code, reason, timeout));
	}

}
