package io.neffos.transport;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that takes one message at a time and says when it is gone: what containers
 * and the JDK offer.
 *
 * @since 0.1.0
 */
public non-sealed interface MessageSocket extends Socket {

	/**
	 * Write one message. The next write begins only after the callback of this one.
	 * @param frame the message
	 * @param done called exactly once, on any thread, perhaps before this method returns:
	 * with {@code null} when the message was handed to the network, else with the failure
	 */
	void write(WireFrame frame, Consumer<@Nullable Throwable> done);

}
