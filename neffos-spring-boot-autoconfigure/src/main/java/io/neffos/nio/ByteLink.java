package io.neffos.nio;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection, without blocking. Reading is done by one thread at a time,
 * writing too; the two may be different threads. After {@link #close()} every call fails
 * with an {@link IOException} or does nothing, and touches no other connection.
 */
public interface ByteLink {

	/**
	 * Read what is there.
	 * @param to where to put it
	 * @return the number of bytes, 0 when there is nothing now, -1 at the end
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer to) throws IOException;

	/**
	 * Write what the network takes now.
	 * @param from what to write; its position moves by what was taken
	 * @return whether all of it was taken
	 * @throws IOException if the connection is broken
	 */
	boolean write(ByteBuffer from) throws IOException;

	/**
	 * Choose whether {@link StreamSocket#readable()} is called when there is something to
	 * read. Any thread.
	 * @param wanted {@code false} to leave it to the network
	 */
	void wantRead(boolean wanted);

	/**
	 * Have {@link StreamSocket#writable()} called once, when the network takes more. By
	 * the thread that writes, after {@link #write} did not take all.
	 */
	void wantWrite();

	/**
	 * Whether {@link StreamSocket#readable()} is called again as long as something is
	 * there, so that it need not read to the end.
	 * @return {@code false}, unless overridden
	 */
	default boolean isLevelTriggered() {
		return false;
	}

	/**
	 * Tell the peer that nothing more will come, if that can be told without closing. By
	 * the thread that writes.
	 * @throws IOException if the connection is broken
	 */
	default void endOutput() throws IOException {
	}

	/**
	 * Whether the connection is open, as far as this side knows.
	 * @return {@code false} once it was closed, by whomever
	 */
	boolean isOpen();

	/** Close the connection and give back what it holds. Any thread; idempotent. */
	void close();

}
