package io.neffos.exchange.redis;

import java.time.Duration;

/**
 * Whether the other end of a connection still answers: what it was asked last, and when
 * it was heard.
 */
final class Pulse {

	private long asked;

	private long heard;

	private boolean waiting;

	/** Whether to ask now: nothing is asked while an answer is missing. */
	synchronized boolean ask() {
		if (this.waiting) {
			return false;
		}
		this.waiting = true;
		this.asked = System.nanoTime();
		return true;
	}

	/** Something came, whatever it was. */
	synchronized void heard() {
		this.heard = System.nanoTime();
	}

	/** What was asked is answered. */
	synchronized void answered() {
		this.waiting = false;
		heard();
	}

	/** Whether an answer is missing for so long, and nothing else came since. */
	synchronized boolean isSilentFor(Duration limit) {
		long now = System.nanoTime();
		return this.waiting && now - this.asked > limit.toNanos()
				&& (this.heard - this.asked < 0 || now - this.heard > limit.toNanos());
	}

}
