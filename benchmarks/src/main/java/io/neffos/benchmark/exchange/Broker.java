package io.neffos.benchmark.exchange;

import java.io.IOException;

/** A broker that was started here, in an empty directory, and is ended here. */
interface Broker extends AutoCloseable {

	/** Where it listens, on the loopback interface. */
	int port();

	/** Of its process. */
	long pid();

	/** What it says of itself. */
	String version() throws IOException, InterruptedException;

	/**
	 * How it is, without what this question costs.
	 * @throws IOException if it does not answer
	 */
	State state() throws IOException, InterruptedException;

	@Override
	void close();

	/**
	 * How a broker is.
	 *
	 * @param connections of clients
	 * @param subscriptions of all clients, each channel counted once for each of them
	 * @param bytesIn since it was started
	 * @param bytesOut since it was started
	 */
	record State(long connections, long subscriptions, long bytesIn, long bytesOut) {

	}

}
