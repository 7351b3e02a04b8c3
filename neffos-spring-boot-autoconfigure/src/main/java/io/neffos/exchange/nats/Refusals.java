package io.neffos.exchange.nats;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has refused, as the rules of access want it. It answers the next
 * question all the same, so that a subscription would pass for confirmed, and a message
 * for sent.
 */
final class Refusals {

	/** The client tells it by other threads, which are done by then. */
	private static final long TOLD_MILLIS = 100;

	private static final Log logger = LogFactory.getLog(Refusals.class);

	private static final Pattern REFUSAL = Pattern.compile("permissions violation for subscription to \"([^\"]+)\"",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern DENIAL = Pattern.compile("permissions violation for publish to \"([^\"]+)\"",
			Pattern.CASE_INSENSITIVE);

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	private final AtomicInteger denied = new AtomicInteger();

	static boolean isRefusal(@Nullable String error) {
		return error != null && REFUSAL.matcher(error).find();
	}

	/** An error that the broker has told. */
	void heard(String error) {
		Matcher matcher = REFUSAL.matcher(error);
		if (matcher.find()) {
			this.channels.add(matcher.group(1));
			return;
		}
		Matcher denial = DENIAL.matcher(error);
		if (denial.find() && this.denied.getAndIncrement() == 0) {
			logger.warn("NATS does not let this server publish to " + denial.group(1)
					+ ": the message was dropped, and so are all like it. See the permissions of its user");
		}
	}

	/** How many messages were refused so far. */
	int denied() {
		return this.denied.get();
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
