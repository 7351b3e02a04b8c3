package io.neffos.exchange;

/**
 * A real broker on the loopback interface, which tests stop, pause and start again. One
 * that was found on an address (and is somebody else's) can do none of that, so that
 * tests which need it are skipped.
 */
public interface Broker extends AutoCloseable {

	String host();

	int port();

	/** Whether the test may stop and pause it. */
	boolean isOurs();

	/**
	 * How many clients it has, without the one that asks, or -1 where it does not tell.
	 */
	int clients();

	/** End it without a word. */
	void stop();

	/** Start it again on the same port; returns when it answers. */
	void start();

	/** Let it stop to answer while its connections stay open. */
	void pause();

	/** Let it go on. */
	void resume();

	@Override
	void close();

}
