package io.neffos.cluster;

/**
 * What one server tells of one room.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @param size how many members it has on that server
 * @param flags {@link #CREATED}, {@link #TOLD} and {@link #CLOSED}
 */
record RoomDigest(String namespace, String room, int size, int flags) {

	/** It was created since the last digest, though it is empty again. */
	static final int CREATED = 1;

	/** The server has told its application that the room was created. */
	static final int TOLD = 2;

	/** The server has told its application that the room was destroyed. */
	static final int CLOSED = 4;

	boolean created() {
		return (this.flags & CREATED) != 0;
	}

	boolean told() {
		return (this.flags & TOLD) != 0;
	}

	boolean closed() {
		return (this.flags & CLOSED) != 0;
	}

}
