package io.neffos.transport;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, as the engine uses it.
 * <p>
 * No method blocks on the network, and none throws: what goes wrong is told to the
 * callback or to the {@link SocketListener}.
 *
 * @since 0.1.0
 */
public interface Socket {

	/**
	 * Write one message. The next write begins only after the callback of this one.
	 * @param frame the message
	 * @param done called exactly once, on any thread, perhaps before this method returns:
	 * with {@code null} when the message was handed to the network, else with the failure
	 */
	void write(WireFrame frame, Consumer<@Nullable Throwable> done);

	/**
	 * Send a close frame and end the connection, at once if a write is stuck. Further
	 * calls have no effect. The listener's {@code onClose} follows.
	 * @param reason the code and text to send
	 */
	void close(CloseReason reason);

}
