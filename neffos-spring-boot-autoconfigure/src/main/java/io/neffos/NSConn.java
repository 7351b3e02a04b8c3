package io.neffos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A connection within one namespace: the place from which events are sent and rooms are
 * joined. See {@link Conn} for order, threads and futures.
 *
 * @since 0.1.0
 */
public interface NSConn {

	/**
	 * The connection.
	 * @return the connection
	 */
	Conn conn();

	/**
	 * The namespace.
	 * @return its name
	 */
	String namespace();

	/**
	 * Send an event to the peer of this connection only. To reach a room use
	 * {@link Room#emit} or {@link #broadcast}.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return {@code false} if it was not queued because the namespace is disconnected or
	 * the connection closed
	 */
	default boolean emit(String event, @Nullable Object body) {
		return conn().write(Message.builder().namespace(namespace()).event(event).body(body).build());
	}

	/**
	 * Send an event with a binary body to this connection only.
	 * @param event the event
	 * @param body the body
	 * @return {@code false} if it was not queued
	 */
	default boolean emitBinary(String event, byte[] body) {
		return conn().write(Message.builder().namespace(namespace()).event(event).body(body).binary(true).build());
	}

	/**
	 * Ask this connection and wait within the default timeout. See
	 * {@link Conn#ask(Message)} for what it throws.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return the answer
	 */
	default Message ask(String event, @Nullable Object body) {
		return conn().ask(Message.builder().namespace(namespace()).event(event).body(body).build());
	}

	/**
	 * Ask this connection and wait at most some time.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @param timeout how long to wait, more than 0
	 * @return the answer
	 */
	default Message ask(String event, @Nullable Object body, Duration timeout) {
		return conn().ask(Message.builder().namespace(namespace()).event(event).body(body).build(), timeout);
	}

	/**
	 * Ask this connection, within the default timeout.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return completes with the answer
	 */
	default CompletableFuture<Message> askAsync(String event, @Nullable Object body) {
		return conn().askAsync(Message.builder().namespace(namespace()).event(event).body(body).build());
	}

	/**
	 * Join a room from this side, and wait. See {@link #joinRoomAsync}.
	 * @param room its name, not empty
	 * @return the room
	 * @throws RefusedException if either side refused; nothing is left on either
	 * @throws BadRoomException if the name is empty or too long
	 * @throws BadNamespaceException if the namespace is not connected
	 * @throws AskTimeoutException if the peer did not answer within the default timeout
	 * @throws WriteClosedException if the connection closed
	 */
	default Room joinRoom(String room) {
		return Blocking.await(joinRoomAsync(room));
	}

	/**
	 * Join a room from this side, and wait at most some time.
	 * @param room its name, not empty
	 * @param timeout how long to wait for the peer, more than 0
	 * @return the room
	 */
	default Room joinRoom(String room, Duration timeout) {
		return Blocking.await(joinRoomAsync(room, timeout));
	}

	/**
	 * Join a room from this side, within the default timeout.
	 * @param room its name, not empty
	 * @return completes with the room; fails as the blocking form throws
	 */
	CompletableFuture<Room> joinRoomAsync(String room);

	/**
	 * Join a room from this side. {@code OnRoomJoin} of this side runs first and may
	 * refuse before anything is sent; then the peer is asked and may refuse. Completes
	 * when the connection is a member and {@code OnRoomJoined} has run. After a timeout
	 * the peer is told to leave, in case it joins too late.
	 * @param room its name, not empty
	 * @param timeout how long to wait for the peer, more than 0
	 * @return completes with the room; fails as the blocking form throws
	 */
	CompletableFuture<Room> joinRoomAsync(String room, Duration timeout);

	/**
	 * Look up a joined room.
	 * @param name its name
	 * @return the room, or {@code null} if it is not joined
	 */
	@Nullable Room room(String name);

	/**
	 * The rooms that are joined now.
	 * @return a snapshot that is safe to iterate, in the order of joining
	 */
	List<Room> rooms();

	/**
	 * Leave every joined room in turn, and wait. See {@link #leaveAllAsync}.
	 * @throws NeffosException the first failure, which stops it
	 */
	default void leaveAll() {
		Blocking.await(leaveAllAsync());
	}

	/**
	 * Leave every joined room in turn. Fires {@code OnRoomLeave} and {@code OnRoomLeft}
	 * for each, stops at the first failure and reports it; rooms after that stay joined.
	 * Nothing is locked meanwhile.
	 * @return completes when all are left
	 */
	CompletableFuture<@Nullable Void> leaveAllAsync();

	/**
	 * Send a message to every connection of this namespace, or of the message's room in
	 * it, this one included. The namespace is filled in from here. On one instance all
	 * members of a room see its messages in one order. Never blocks.
	 * @param message with its event and body
	 * @throws UnsupportedOperationException on a client, which sends to the server only
	 */
	void broadcast(Message message);

	/**
	 * Send a message to every connection of this namespace, or of the message's room in
	 * it, except this one. The namespace is filled in from here. Never blocks.
	 * @param message with its event and body
	 * @throws UnsupportedOperationException on a client, which sends to the server only
	 */
	void broadcastOthers(Message message);

	/**
	 * Disconnect the namespace from this side, and wait. A client cannot refuse what the
	 * server asks.
	 * @throws RefusedException on a client, if the server refused; the namespace is still
	 * connected
	 * @throws AskTimeoutException if the peer did not confirm in time; on the server the
	 * namespace is disconnected all the same, on a client it is not
	 * @throws BadNamespaceException if it is not connected
	 * @throws WriteClosedException if the connection closed
	 */
	default void disconnect() {
		Blocking.await(disconnectAsync());
	}

	/**
	 * Disconnect the namespace from this side.
	 * @return completes when the peer has confirmed
	 */
	CompletableFuture<@Nullable Void> disconnectAsync();

}
