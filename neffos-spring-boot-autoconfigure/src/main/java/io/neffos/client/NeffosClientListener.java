package io.neffos.client;

/**
 * Is told what becomes of a client. Called on the executor for handlers, one call at a
 * time, in the order of what happened, after the handlers of the end of the connection
 * concerned. May block; an exception is logged and has no effect.
 *
 * @since 0.1.0
 */
public interface NeffosClientListener {

	/**
	 * The client is connected for the first time. Called before the dial completes.
	 * @param client the client
	 */
	default void onConnected(NeffosClient client) {
	}

	/**
	 * The connection was lost and the client will try to come back. Called before each
	 * attempt.
	 * @param event which attempt, and why
	 */
	default void onReconnecting(Reconnecting event) {
	}

	/**
	 * The client is back, and its namespaces and rooms are restored as far as the server
	 * let it.
	 * @param event what was restored and what was not
	 */
	default void onReconnected(Reconnected event) {
	}

	/**
	 * The client is closed for good: by the application, because it does not come back,
	 * or because it gave up.
	 * @param event why
	 */
	default void onClosed(ClientClosed event) {
	}

}
