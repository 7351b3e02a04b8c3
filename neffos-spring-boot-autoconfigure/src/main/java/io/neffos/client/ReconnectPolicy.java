package io.neffos.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether and when a client comes back. Immutable.
 * <p>
 * The delay before the first attempt is {@link #initialDelay()}; each further one is
 * longer by {@link #multiplier()}, up to {@link #maxDelay()}. A random part of up to
 * {@link #jitter()} is taken off each, so that the clients of a server that restarts do
 * not come back all at once. A client whose connections keep breaking soon after they
 * open does not begin again at the initial delay.
 * <p>
 * It gives up when the server refuses it, by its handlers or by HTTP status 401 or 403
 * (unless {@link #retryRefused()}), and past the bounds on attempts and time.
 *
 * @param enabled whether to come back at all
 * @param initialDelay the delay before the first attempt, more than 0
 * @param maxDelay the longest delay, not less than the initial one
 * @param multiplier how the delay grows, 1 or more
 * @param jitter the part of a delay that is left to chance, from 0 to 1
 * @param maxAttempts how many attempts, or 0 for no bound
 * @param giveUpAfter how long to try, or {@link Duration#ZERO} for no bound
 * @param retryRefused whether to try again when the server refuses
 * @since 0.1.0
 */
public record ReconnectPolicy(boolean enabled, Duration initialDelay, Duration maxDelay, double multiplier,
		double jitter, int maxAttempts, Duration giveUpAfter, boolean retryRefused) {

	/**
	 * Half a second before the first attempt, up to 30 seconds later, half of it by
	 * chance, without bound.
	 */
	public static final ReconnectPolicy DEFAULT = new ReconnectPolicy(true, Duration.ofMillis(500),
			Duration.ofSeconds(30), 2, 0.5, 0, Duration.ZERO, false);

	/** Does not come back. */
	public static final ReconnectPolicy NEVER = new ReconnectPolicy(false, DEFAULT.initialDelay, DEFAULT.maxDelay,
			DEFAULT.multiplier, DEFAULT.jitter, 0, Duration.ZERO, false);

	/**
	 * Canonical form, checked.
	 * @param enabled whether to come back at all
	 * @param initialDelay the delay before the first attempt
	 * @param maxDelay the longest delay
	 * @param multiplier how the delay grows
	 * @param jitter the part of a delay that is left to chance
	 * @param maxAttempts how many attempts
	 * @param giveUpAfter how long to try
	 * @param retryRefused whether to try again when the server refuses
	 * @throws IllegalArgumentException for a value out of its range
	 */
	public ReconnectPolicy {
		check(!initialDelay.isNegative() && !initialDelay.isZero(), "initialDelay must be more than 0");
		check(maxDelay.compareTo(initialDelay) >= 0, "maxDelay must not be less than initialDelay");
		check(multiplier >= 1, "multiplier must be 1 or more");
		check(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1");
		check(maxAttempts >= 0, "maxAttempts must be 0 or more; 0 is no bound");
		check(!giveUpAfter.isNegative(), "giveUpAfter must be 0 or more; 0 is no bound");
	}

	private static void check(boolean legal, String message) {
		if (!legal) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * As this one, with other delays.
	 * @param initial the delay before the first attempt, more than 0
	 * @param max the longest delay
	 * @return the policy
	 */
	public ReconnectPolicy delays(Duration initial, Duration max) {
		return new ReconnectPolicy(this.enabled, initial, max, this.multiplier, this.jitter, this.maxAttempts,
				this.giveUpAfter, this.retryRefused);
	}

	/**
	 * As this one, with other bounds.
	 * @param attempts how many attempts, or 0 for no bound
	 * @param after how long to try, or {@link Duration#ZERO} for no bound
	 * @return the policy
	 */
	public ReconnectPolicy giveUp(int attempts, Duration after) {
		return new ReconnectPolicy(this.enabled, this.initialDelay, this.maxDelay, this.multiplier, this.jitter,
				attempts, after, this.retryRefused);
	}

	/**
	 * As this one, with another answer to a server that refuses.
	 * @param retry whether to try again
	 * @return the policy
	 */
	public ReconnectPolicy retryRefused(boolean retry) {
		return new ReconnectPolicy(this.enabled, this.initialDelay, this.maxDelay, this.multiplier, this.jitter,
				this.maxAttempts, this.giveUpAfter, retry);
	}

	/**
	 * The delay before an attempt.
	 * @param attempt which, counted from 1
	 * @return a delay from the range that this policy has for it
	 */
	public Duration delay(int attempt) {
		double longest = Math.min((double) this.maxDelay.toNanos(),
				(double) this.initialDelay.toNanos() * Math.pow(this.multiplier, Math.max(0, attempt - 1)));
		double part = 1 - this.jitter * ThreadLocalRandom.current().nextDouble();
		return Duration.ofNanos(Math.max(1, Math.round(longest * part)));
	}

	/** Whether another attempt is one too many. */
	boolean isPast(int attempt, Duration since) {
		return (this.maxAttempts > 0 && attempt > this.maxAttempts)
				|| (!this.giveUpAfter.isZero() && since.compareTo(this.giveUpAfter) >= 0);
	}

}
