package io.neffos;

/**
 * Handles one event of a namespace without answering it by a value. See
 * {@link EventHandler} for threads and order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventAction {

	/**
	 * Handle a message.
	 * @param conn the connection it came on, within its namespace
	 * @param message the message
	 * @throws RefusedException to refuse, with a text for the peer
	 * @throws Exception for anything unexpected; the peer gets {@code internal error}
	 */
	void handle(NSConn conn, Message message) throws Exception;

}
