package io.neffos.transport;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that fetches what is to be written, many messages for one call of the
 * operating system, when a {@link Flusher} gets to it.
 *
 * @since 0.1.0
 */
public non-sealed interface BatchSocket extends Socket {

	/**
	 * Set where messages come from. Once, before anything is written.
	 * @param source the messages
	 */
	void attach(FrameSource source);

	/**
	 * Say that the source has something. Only notes it: never blocks, creates no object,
	 * and may be called under a lock.
	 * @return whom to wake once no lock is held, or {@code null} if nobody sleeps
	 */
	@Nullable Flusher ready();

	/**
	 * Write what the source has on the calling thread, unless somebody else writes or is
	 * about to. Never blocks. Not to be called under a lock.
	 */
	void writeNow();

}
