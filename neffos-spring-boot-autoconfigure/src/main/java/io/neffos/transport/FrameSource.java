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
	 * @param to the buffer; it stays as it is when nothing waits
	 * @return {@code null}, or a message too big for the empty buffer that was passed,
	 * which the socket writes in pieces
	 */
	@Nullable WireFrame fill(ByteBuffer to);

	/** Everything that was taken is with the network, and nothing waits. */
	void drained();

	/** The network has taken nothing for as long as a write may last. */
	void stuck();

	/**
	 * Writing has failed; what waits will not be asked for.
	 * @param failure the failure
	 */
	void failed(Throwable failure);

}
