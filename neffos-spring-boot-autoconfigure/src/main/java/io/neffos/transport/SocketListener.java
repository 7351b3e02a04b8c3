package io.neffos.transport;

/**
 * What a socket tells the engine. Called by one thread at a time; the calls return
 * quickly and never run user code.
 *
 * @since 0.1.0
 */
public interface SocketListener {

	/**
	 * A whole message arrived.
	 * @param bytes its content, handed over
	 * @param binary whether it was a binary message
	 */
	void onFrame(byte[] bytes, boolean binary);

	/**
	 * The message that is arriving is bigger than allowed; it was not kept.
	 */
	void onTooBig();

	/**
	 * The peer broke the rules of WebSocket. Nothing that it sent behind is delivered,
	 * and the socket closes the connection with the reason.
	 * @param reason the code and text that it gets
	 */
	default void onViolation(CloseReason reason) {
	}

	/**
	 * The connection has ended, for whatever reason. Called at most once, and nothing
	 * after it.
	 * @param reason the code and text received, 1006 when there was none
	 */
	void onClose(CloseReason reason);

}
