package io.neffos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * One connection's membership of a room: a dynamic, named group of connections within a
 * namespace. It lives as long as the membership does. See {@link Conn} for order, threads
 * and futures.
 *
 * @since 0.1.0
 */
public interface Room {

	/**
	 * The name of the room.
	 * @return the name
	 */
	String name();

	/**
	 * The member: the connection, within its namespace, that this room belongs to.
	 * @return the member
	 */
	NSConn nsConn();

	/**
	 * Send an event to every member of the room in this namespace, the one that owns this
	 * object included. All members see the messages of a room in one order. Never blocks.
	 * On a client: send it to the server, whose handler decides, or which relays it to
	 * every member.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return {@code false} if nothing was sent because the room is left already
	 */
	boolean emit(String event, @Nullable Object body);

	/**
	 * Send an event with a binary body to every member of the room, the one that owns
	 * this object included; on a client, to the server. Never blocks.
	 * @param event the event
	 * @param body the body
	 * @return {@code false} if nothing was sent because the room is left already
	 */
	boolean emitBinary(String event, byte[] body);

	/**
	 * Leave the room from this side, and wait. See {@link #leaveAsync}.
	 * @throws RefusedException if this side's {@code OnRoomLeave} refused or, on a
	 * client, the server; the room is not left
	 * @throws BadRoomException if the room is left already
	 * @throws AskTimeoutException if the peer did not confirm within the default timeout;
	 * on the server the room is left all the same, on a client it is not
	 * @throws WriteClosedException if the connection closed
	 */
	default void leave() {
		Blocking.await(leaveAsync());
	}

	/**
	 * Leave the room from this side, and wait at most some time.
	 * @param timeout how long to wait for the peer, more than 0
	 */
	default void leave(Duration timeout) {
		Blocking.await(leaveAsync(timeout));
	}

	/**
	 * Leave the room from this side, within the default timeout.
	 * @return completes when the room is left; fails as the blocking form throws
	 */
	CompletableFuture<@Nullable Void> leaveAsync();

	/**
	 * Leave the room from this side. {@code OnRoomLeave} of this side runs first and may
	 * refuse before anything is sent. Then a server tells the client, which cannot
	 * refuse; a client asks the server, which can.
	 * @param timeout how long to wait for the peer, more than 0
	 * @return completes when the room is left; fails as the blocking form throws
	 */
	CompletableFuture<@Nullable Void> leaveAsync(Duration timeout);

	/**
	 * Who of this server is in the room now. Costs the room, not the server. For members
	 * on other servers see {@link RoomInfo#allMembersAsync()}.
	 * @return a snapshot that is safe to iterate
	 * @throws UnsupportedOperationException on a client, which does not know
	 */
	List<NSConn> members();

	/**
	 * How many connections are in the room now, over all servers of the cluster (see
	 * {@link Scope#CLUSTER}).
	 * @return the count
	 * @throws UnsupportedOperationException on a client, which does not know
	 */
	int size();

}
