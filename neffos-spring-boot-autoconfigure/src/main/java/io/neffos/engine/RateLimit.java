package io.neffos.engine;

/**
 * A token bucket for what one connection sends. Called by the reading thread only, one at
 * a time.
 */
final class RateLimit {

	private static final long NANOS = 1_000_000_000L;

	private final int rate;

	private final long capacity;

	/** In messages times nanoseconds, so that nothing is lost to rounding. */
	private long level;

	private long last;

	RateLimit(int rate, int burst, long now) {
		this.rate = rate;
		this.capacity = Math.max(1, burst) * NANOS;
		this.level = this.capacity;
		this.last = now;
	}

	boolean tryAcquire(long now) {
		if (this.rate == 0) {
			return true;
		}
		long elapsed = Math.max(0, Math.min(now - this.last, this.capacity / this.rate + 1));
		this.last = now;
		this.level = Math.min(this.capacity, this.level + elapsed * this.rate);
		if (this.level < NANOS) {
			return false;
		}
		this.level -= NANOS;
		return true;
	}

}
