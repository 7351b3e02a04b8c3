package io.neffos.websocket.conformance;

import java.io.IOException;

/**
 * What one client does and what it has to get.
 *
 * @param id the number it has in the Autobahn test suite, by which results can be
 * compared
 * @param script what happens
 */
public record ConformanceCase(String id, Script script) {

	/**
	 * Play the case.
	 * @param port where the server listens
	 * @param patienceMillis how long to wait for each byte
	 * @throws IOException if the connection breaks before its end
	 */
	public void play(int port, int patienceMillis) throws IOException {
		try (FrameClient client = new FrameClient(port, patienceMillis)) {
			this.script.play(client);
		}
	}

	@Override
	public String toString() {
		return this.id;
	}

	/** What a client does and gets. */
	@FunctionalInterface
	interface Script {

		void play(FrameClient client) throws IOException;

	}

}
