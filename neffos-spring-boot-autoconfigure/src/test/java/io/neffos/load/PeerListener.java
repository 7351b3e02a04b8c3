package io.neffos.load;

import java.nio.ByteBuffer;

/** What becomes of a peer. Called on the thread of the swarm, which it must not hold. */
public interface PeerListener {

	/** The connection is upgraded. */
	default void opened(Peer peer) {
	}

	/**
	 * A message came.
	 * @param peer who got it
	 * @param payload the message, valid during the call
	 */
	void message(Peer peer, ByteBuffer payload);

	/** The connection is gone; {@link Peer#end()} has completed. */
	default void ended(Peer peer) {
	}

}
