package io.neffos;

/**
 * Called with a connection when it opens or has closed, on the application's executor and
 * in order with the other handlers of that connection.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ConnAction {

	/**
	 * Handle the connection.
	 * @param conn the connection
	 * @throws RefusedException when it opens: to refuse it, with a text for the peer
	 * @throws Exception for anything unexpected; a connection that opens is refused with
	 * {@code internal error}
	 */
	void handle(Conn conn) throws Exception;

}
