package io.neffos.transport;

/**
 * A thread that writes for many sockets.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Flusher {

	/**
	 * End its sleep, if it sleeps. Takes a call of the operating system, so it is not
	 * made under a lock.
	 */
	void wake();

}
