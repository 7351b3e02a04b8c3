package io.neffos.client.jdk;

import java.net.http.WebSocket;

/**
 * Asks the JDK for one part of a message at a time, or for none while the engine has
 * enough; what the server sends meanwhile stays in the network. Any thread.
 */
final class Demand {

	/** Guarded by this. */
	private boolean paused;

	/** Something was to be asked for while paused. */
	private boolean owed;

	/** Ask for the next part. */
	void next(WebSocket webSocket) {
		synchronized (this) {
			if (this.paused) {
				this.owed = true;
				return;
			}
		}
		webSocket.request(1);
	}

	synchronized void pause() {
		this.paused = true;
	}

	void resume(WebSocket webSocket) {
		synchronized (this) {
			this.paused = false;
			if (!this.owed) {
				return;
			}
			this.owed = false;
		}
		webSocket.request(1);
	}

	synchronized boolean isPaused() {
		return this.paused;
	}

}
