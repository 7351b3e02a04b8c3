package io.neffos.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How long a message takes to the broker and back. A broker that is paused, or behind a
 * network that swallows everything, still has its connections; that nothing comes back is
 * how it is found out. All methods but the readers are called by one thread at a time.
 */
final class Echo {

	private final LongSupplier clock;

	private final long patience;

	/** When the oldest one that has not come back was sent. */
	private volatile long sentAt;

	private volatile boolean pending;

	private volatile long roundTrip = -1;

	/**
	 * Create it.
	 * @param clock the time in nanoseconds
	 * @param patience how long an echo may take before the broker counts as silent
	 */
	Echo(LongSupplier clock, Duration patience) {
		this.clock = clock;
		this.patience = patience.toNanos();
	}

	/** An echo is sent; returns what it is to carry. */
	synchronized long sent() {
		long now = this.clock.getAsLong();
		if (!this.pending) {
			this.pending = true;
			this.sentAt = now;
		}
		return now;
	}

	/** An echo has come back, with what it carried. */
	synchronized void returned(long carried) {
		long took = this.clock.getAsLong() - carried;
		// A later one may still be on its way; the next round finds out.
		if (took >= 0) {
			this.roundTrip = took;
			this.pending = false;
		}
	}

	/** The broker was lost, so that nothing is waited for. */
	synchronized void forget() {
		this.pending = false;
	}

	/** Whether something should have come back by now. */
	boolean isSilent() {
		return this.pending && this.clock.getAsLong() - this.sentAt > this.patience;
	}

	/** How long the last one took, or {@code null} if none has come back yet. */
	@Nullable Duration roundTrip() {
		long took = this.roundTrip;
		return (took >= 0) ? Duration.ofNanos(took) : null;
	}

}
