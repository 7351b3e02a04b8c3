package io.neffos;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A room as the server sees it: a named group of connections within a namespace, on this
 * server or over the cluster. A live view; each call looks anew, costs no more than the
 * room has members here, and never blocks.
 *
 * @since 0.1.0
 */
public interface RoomInfo {

	/**
	 * The namespace the room belongs to.
	 * @return its name
	 */
	String namespace();

	/**
	 * The name of the room.
	 * @return the name
	 */
	String name();

	/**
	 * How far this view reaches.
	 * @return whether {@link #size()} counts the members of other servers
	 */
	Scope scope();

	/**
	 * How many connections have joined now, within the scope.
	 * @return 0 when the room has ceased to exist
	 */
	int size();

	/**
	 * Who of this server has joined now, whatever the scope: connections of other servers
	 * cannot be held in hand.
	 * @return a snapshot that is safe to iterate
	 */
	List<NSConn> members();

	/**
	 * Who has joined now, within the scope, and wait for other servers to say. See
	 * {@link #allMembersAsync()}.
	 * @return the members
	 */
	default List<RoomMember> allMembers() {
		return Blocking.await(allMembersAsync());
	}

	/**
	 * Who has joined now, within the scope. Asks the servers that have members of the
	 * room, and no others; a server that joined the room later than the digest interval
	 * ago may be missed.
	 * @return completes with a snapshot in no particular order; fails with
	 * {@link AskTimeoutException} if a server does not answer within the default timeout
	 */
	CompletableFuture<List<RoomMember>> allMembersAsync();

}
