package io.neffos;

import java.util.List;

/**
 * A room as the server sees it: a named group of connections within a namespace. A live
 * view; each call looks anew, costs no more than the room has members, and never blocks.
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
	 * How many connections have joined now.
	 * @return 0 when the room has ceased to exist
	 */
	int size();

	/**
	 * Who has joined now.
	 * @return a snapshot that is safe to iterate
	 */
	List<NSConn> members();

}
