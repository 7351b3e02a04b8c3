package io.neffos;

import org.jspecify.annotations.Nullable;

/**
 * Handles one event of a namespace.
 * <p>
 * Handlers of one connection run one at a time, in the order in which its frames arrived;
 * handlers of different connections run in parallel. They run on the application's
 * executor, never on the thread that reads the socket, so a handler may block and may ask
 * its own peer. Other messages of the same connection wait meanwhile.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventHandler {

	/**
	 * Returned by a handler that leaves the message to others: the handler for any event
	 * gets it, else it counts as a message without handler. For system events it means
	 * yes. A future cannot complete with it, because others would have to wait for that.
	 */
	Object NOT_HANDLED = NotHandled.INSTANCE;

	/**
	 * Handle a message.
	 * @param conn the connection it came on, within its namespace
	 * @param message the message
	 * @return {@code null} for no answer, a {@link Reply}, a
	 * {@link java.util.concurrent.CompletionStage} of any of these, or any other value as
	 * the body of the answer; for system events a value means yes
	 * @throws RefusedException to refuse, with a text for the peer
	 * @throws Exception for anything unexpected; the peer gets {@code internal error}
	 */
	@Nullable Object handle(NSConn conn, Message message) throws Exception;

}
