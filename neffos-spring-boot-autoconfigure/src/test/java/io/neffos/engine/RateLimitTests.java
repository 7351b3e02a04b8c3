package io.neffos.engine;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The token bucket, with a clock by hand. */
class RateLimitTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private long now = -5_000_000_000L;

	private int acquired(RateLimit limit, int tries) {
		int count = 0;
		for (int i = 0; i < tries; i++) {
			if (limit.tryAcquire(this.now)) {
				count++;
			}
		}
		return count;
	}

	@Test
	void burstIsLetThroughAtOnceAndNoMore() {
		RateLimit limit = new RateLimit(10, 5, this.now);
		assertThat(acquired(limit, 100)).isEqualTo(5);
	}

	@Test
	void rateRefillsByTime() {
		RateLimit limit = new RateLimit(10, 5, this.now);
		acquired(limit, 5);
		this.now += 99 * MILLI;
		assertThat(acquired(limit, 1)).isZero();
		this.now += MILLI;
		assertThat(acquired(limit, 2)).isOne();
		this.now += 250 * MILLI;
		assertThat(acquired(limit, 100)).isEqualTo(2);
		this.now += 50 * MILLI;
		assertThat(acquired(limit, 100)).as("halves are not lost").isOne();
	}

	@Test
	void pauseSavesNoMoreThanTheBurst() {
		RateLimit limit = new RateLimit(Integer.MAX_VALUE, 5, this.now);
		acquired(limit, 5);
		this.now += TimeUnit.DAYS.toNanos(10_000);
		assertThat(acquired(limit, 100)).isEqualTo(5);
	}

	@Test
	void clockThatStandsOrGoesBackGivesNothing() {
		RateLimit limit = new RateLimit(10, 1, this.now);
		acquired(limit, 1);
		this.now -= TimeUnit.SECONDS.toNanos(5);
		assertThat(acquired(limit, 10)).isZero();
		this.now += 100 * MILLI;
		assertThat(acquired(limit, 10)).isOne();
	}

	@Test
	void steadySenderBelowTheRateIsNeverStopped() {
		RateLimit limit = new RateLimit(1000, 1, this.now);
		for (int i = 0; i < 10_000; i++) {
			this.now += MILLI;
			assertThat(limit.tryAcquire(this.now)).isTrue();
		}
	}

	@Test
	void rateOfZeroIsNoBound() {
		assertThat(acquired(new RateLimit(0, 1, this.now), 1000)).isEqualTo(1000);
	}

	@Test
	void burstOfZeroLetsOneThrough() {
		assertThat(acquired(new RateLimit(10, 0, this.now), 10)).isOne();
	}

}
