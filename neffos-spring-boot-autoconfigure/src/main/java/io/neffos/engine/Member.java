package io.neffos.engine;

import io.neffos.NSConn;
import io.neffos.transport.WireFrame;

/**
 * A connection's entry in one group of the server's index: of a namespace or of a room.
 * It knows its own place in the group, so that leaving costs no search.
 */
public abstract class Member {

	/** Guarded by the lock of the group. */
	private int slot = -1;

	Member() {
	}

	/**
	 * The connection within its namespace.
	 * @return the connection
	 */
	public abstract NSConn nsConn();

	/**
	 * The connection.
	 * @return the connection
	 */
	public abstract EngineConn engineConn();

	/**
	 * Queue a message. Takes no time and runs no code of others, so that it can be called
	 * under the lock of a group.
	 * @param frame the message
	 * @param wakes gets what is to be woken once the lock is released
	 * @return {@code false} if the connection is closed
	 */
	public final boolean enqueue(WireFrame frame, Wakes wakes) {
		return engineConn().enqueue(frame, wakes);
	}

	/**
	 * The place in the group.
	 * @return the place, or -1
	 */
	public final int slot() {
		return this.slot;
	}

	/**
	 * Set the place in the group.
	 * @param value the place, or -1
	 */
	public final void slot(int value) {
		this.slot = value;
	}

}
