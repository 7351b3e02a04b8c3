package io.neffos.cluster;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Calls of other servers that are under way here. Each ends by its timeout at the latest.
 */
final class Served {

	private final Map<Key, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();

	/**
	 * Begin to serve a call.
	 * @param outcome completes with what became of it
	 * @param answer is told of it, unless nobody waits for it any more
	 */
	void begin(String server, long number, CompletableFuture<Outcome> outcome, Consumer<Outcome> answer) {
		Key key = new Key(server, number);
		this.running.put(key, outcome);
		outcome.whenComplete((said, failure) -> {
			this.running.remove(key);
			if (said != null) {
				answer.accept(said);
			}
		});
	}

	/** The server that called has its answer. */
	void over(String server, long number) {
		CompletableFuture<Outcome> outcome = this.running.get(new Key(server, number));
		if (outcome != null) {
			outcome.cancel(false);
		}
	}

	private record Key(String server, long number) {
	}

}
