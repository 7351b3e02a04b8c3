package io.neffos.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.neffos.AskTimeoutException;
import io.neffos.NeffosException;

/**
 * Calls of this server that wait for others to say what became of them. Every one ends:
 * when somebody's outcome decides it, when everybody has said something or is gone, or by
 * its timeout.
 */
final class Calls {

	/** So many may wait at once. */
	private static final int LIMIT = 10_000;

	private final Map<Long, Pending> waiting = new ConcurrentHashMap<>();

	private final ScheduledExecutorService timer;

	Calls(ScheduledExecutorService timer) {
		this.timer = timer;
	}

	/**
	 * Begin to wait.
	 * @param number the number of the call
	 * @param servers who has to say something
	 * @param decides whether an outcome ends the call before others have said theirs
	 * @param timeout how long to wait
	 * @param over runs when it has ended early, while others still work on what they
	 * would say
	 * @return completes with what was said, the deciding outcome last; fails when the
	 * time is over
	 */
	CompletableFuture<List<Outcome>> expect(long number, Collection<String> servers, Predicate<Outcome> decides,
			Duration timeout, Runnable over) {
		CompletableFuture<List<Outcome>> result = new CompletableFuture<>();
		if (this.waiting.size() >= LIMIT) {
			result.completeExceptionally(new NeffosException("Too many calls wait for other servers"));
			return result;
		}
		Pending pending = new Pending(new HashSet<>(servers), decides, new ArrayList<>(), result);
		this.waiting.put(number, pending);
		Future<?> deadline = this.timer.schedule(
				() -> result.completeExceptionally(
						new AskTimeoutException("Not all servers have answered within " + timeout.toMillis() + " ms")),
				timeout.toNanos(), TimeUnit.NANOSECONDS);
		result.whenComplete((outcomes, failure) -> {
			this.waiting.remove(number);
			deadline.cancel(false);
			// By the end of the time they have given up by themselves.
			if (!(failure instanceof AskTimeoutException) && pending.isLacking()) {
				over.run();
			}
		});
		if (servers.isEmpty()) {
			result.complete(List.of());
		}
		return result;
	}

	/** Another server says what became of a call. */
	void outcome(long number, String server, Outcome outcome) {
		Pending pending = this.waiting.get(number);
		if (pending != null) {
			pending.add(server, outcome);
		}
	}

	/** Servers that are not among these are gone and will not say anything. */
	void retain(Set<String> living) {
		this.waiting.values().forEach((pending) -> pending.retain(living));
	}

	/** The call was not sent, so that nobody will say anything. */
	void abandon(long number) {
		Pending pending = this.waiting.get(number);
		if (pending != null) {
			pending.end();
		}
	}

	/** Nobody will say anything any more. */
	void close() {
		this.waiting.values().forEach(Pending::end);
	}

	int size() {
		return this.waiting.size();
	}

	/**
	 * One call.
	 *
	 * @param servers who has not said anything, guarded by this
	 * @param decides whether an outcome ends the call
	 * @param outcomes what was said, guarded by this
	 * @param result what is completed
	 */
	private record Pending(Set<String> servers, Predicate<Outcome> decides, List<Outcome> outcomes,
			CompletableFuture<List<Outcome>> result) {

		void add(String server, Outcome outcome) {
			List<Outcome> all;
			synchronized (this) {
				if (!this.servers.remove(server)) {
					return;
				}
				this.outcomes.add(outcome);
				if (!this.servers.isEmpty() && !this.decides.test(outcome)) {
					return;
				}
				all = List.copyOf(this.outcomes);
			}
			this.result.complete(all);
		}

		void retain(Set<String> living) {
			List<String> gone;
			synchronized (this) {
				gone = this.servers.stream().filter((server) -> !living.contains(server)).toList();
			}
			gone.forEach((server) -> add(server, Outcome.ABSENT));
		}

		synchronized boolean isLacking() {
			return !this.servers.isEmpty();
		}

		/** Nobody will say anything more. */
		void end() {
			List<Outcome> all;
			synchronized (this) {
				this.servers.clear();
				all = List.copyOf(this.outcomes);
			}
			this.result.complete(all);
		}

	}

}
