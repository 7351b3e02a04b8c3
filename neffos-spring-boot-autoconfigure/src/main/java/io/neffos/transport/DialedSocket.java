package io.neffos.transport;

import org.jspecify.annotations.Nullable;

/**
 * A socket that was opened by this side.
 *
 * @since 0.1.0
 */
public interface DialedSocket extends MessageSocket {

	/**
	 * The subprotocol that was agreed.
	 * @return its name, or {@code null}
	 */
	@Nullable String subprotocol();

	/**
	 * Begin to read. What arrives before is kept by the network. To be called once;
	 * messages may be written before.
	 * @param listener is told what arrives, and of the end
	 */
	void start(SocketListener listener);

}
