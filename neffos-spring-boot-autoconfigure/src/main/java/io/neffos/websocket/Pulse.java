package io.neffos.websocket;

import java.util.function.BooleanSupplier;

/**
 * Whether one peer is alive. Entered by the thread that reads and the one that sweeps.
 */
final class Pulse {

	private final BooleanSupplier ping;

	private final Runnable lost;

	private volatile long heard = System.nanoTime();

	/** Only by the thread that sweeps. */
	private boolean pinged;

	private long pingedAt;

	/**
	 * Create a pulse.
	 * @param ping asks the peer for a sign of life, and says whether it could; does not
	 * block
	 * @param lost ends the connection; does not block
	 */
	Pulse(BooleanSupplier ping, Runnable lost) {
		this.ping = ping;
		this.lost = lost;
	}

	/** The peer has said something. */
	void heard() {
		this.heard = System.nanoTime();
	}

	/**
	 * Ask a peer that is silent for a period, and end one that was asked a period ago and
	 * still is; {@code false} if it was ended.
	 */
	boolean check(long now, long period) {
		long silence = now - this.heard;
		if (silence <= period) {
			this.pinged = false;
		}
		else if (!this.pinged) {
			// One that was not asked owes no answer; the next check asks again.
			this.pinged = this.ping.getAsBoolean();
			this.pingedAt = now;
		}
		else if (now - this.pingedAt > period) {
			this.lost.run();
			return false;
		}
		return true;
	}

}
