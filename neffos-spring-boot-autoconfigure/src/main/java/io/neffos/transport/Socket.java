package io.neffos.transport;

/**
 * One WebSocket, as the engine uses it: either one that takes {@linkplain MessageSocket
 * one message at a time}, or one that takes {@linkplain BatchSocket as much as the
 * network does}.
 * <p>
 * No method blocks on the network, and none throws: what goes wrong is told to the
 * callback or to the {@link SocketListener}.
 *
 * @since 0.1.0
 */
public sealed interface Socket permits MessageSocket, BatchSocket {

	/**
	 * Send a close frame and end the connection. If a write is stuck the connection ends
	 * without waiting for it longer than the socket's own deadline for closing. Further
	 * calls have no effect. The listener's {@code onClose} follows.
	 * @param reason the code and text to send
	 */
	void close(CloseReason reason);

	/**
	 * Read no more from the peer until {@link #resumeReading()}, so that it is held up by
	 * the network. What was read already may still be delivered.
	 * @return {@code false} if this socket cannot stop, which is the default
	 */
	default boolean pauseReading() {
		return false;
	}

	/** Go on reading after {@link #pauseReading()}. Any thread. */
	default void resumeReading() {
	}

}
