package io.neffos.exchange.redis;

import java.time.Duration;

/**
 * How an exchange over Redis behaves; where Redis is and how to get in is the business of
 * the connection factory.
 *
 * @param publishBuffer how many bytes may be published and not yet answered by Redis, 1
 * or more; one message larger than that is never sent
 * @param subscribeTimeout how long a subscription may take, above zero
 * @param silence when Redis has not answered for so long, its connections are given up
 * and made anew, above zero; a Redis that is busy with one command answers nobody
 * meanwhile
 * @param waitForBroker whether to start although Redis cannot be reached, and to reach it
 * later
 * @since 0.1.0
 */
public record RedisExchangeSettings(long publishBuffer, Duration subscribeTimeout, Duration silence,
		boolean waitForBroker) {

	/** 4 MB, 2 s, 10 s, and no start without Redis. */
	public static final RedisExchangeSettings DEFAULTS = new RedisExchangeSettings(4 * 1024 * 1024,
			Duration.ofSeconds(2), Duration.ofSeconds(10), false);

	/**
	 * Checks the ranges.
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public RedisExchangeSettings {
		if (publishBuffer < 1) {
			throw new IllegalArgumentException("The publish buffer must have 1 byte or more, not " + publishBuffer);
		}
		requirePositive("subscribe timeout", subscribeTimeout);
		requirePositive("silence", silence);
	}

	private static void requirePositive(String name, Duration duration) {
		if (duration.isZero() || duration.isNegative()) {
			throw new IllegalArgumentException("The " + name + " must be above zero, not " + duration);
		}
	}

}
