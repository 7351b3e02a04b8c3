package io.neffos.exchange.nats;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions the broker has refused, as the rules of access want it. The broker
 * answers the next question all the same, so that they would pass for confirmed.
 */
final class Refusals {

	/** The client tells it by other threads, which are done by then. */
	private static final long TOLD_MILLIS = 100;

	private static final Pattern REFUSAL = Pattern.compile("permissions violation for subscription to \"([^\"]+)\"",
			Pattern.CASE_INSENSITIVE);

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	static boolean isRefusal(@Nullable String error) {
		return error != null && REFUSAL.matcher(error).find();
	}

	/** An error that the broker has told. */
	void heard(String error) {
		Matcher matcher = REFUSAL.matcher(error);
		if (matcher.find()) {
			this.channels.add(matcher.group(1));
		}
	}

	/** Wait until all was heard that the broker has told by now. */
	void awaitHeard() throws InterruptedException {
		boolean never = new Semaphore(0).tryAcquire(TOLD_MILLIS, TimeUnit.MILLISECONDS);
		assert !never;
	}

	/** What was refused, since it was asked before. */
	Set<String> take() {
		Set<String> taken = Set.copyOf(this.channels);
		this.channels.removeAll(taken);
		return taken;
	}

}
