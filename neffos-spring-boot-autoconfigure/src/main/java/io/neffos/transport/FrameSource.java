package io.neffos.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for one {@link BatchSocket}. Entered by one thread at a time,
 * the one that writes; never blocks.
 *
 * @since 0.1.0
 */
public interface FrameSource {

	/**
	 * Take messages, in their order, as many as fit, and put their
	 * {@linkplain WireFrame#block() frames} into a buffer.
	 * @param to the buffer
	 * @return whether more waits; if so and nothing was put, the first has to be fetched
	 * by {@link #next()}
	 */
	boolean fill(ByteBuffer to);

	/**
	 * Take the first message.
	 * @return the message, or {@code null} if nothing waits
	 */
	@Nullable WireFrame next();

	/**
	 * Everything that was taken is with the network, and nothing more was there. May
	 * close the socket.
	 */
	void drained();

	/** The network has taken nothing for as long as a write may last; told repeatedly. */
	void stuck();

	/**
	 * Writing has failed; what waits will not be asked for.
	 * @param failure the failure
	 */
	void failed(Throwable failure);

}
