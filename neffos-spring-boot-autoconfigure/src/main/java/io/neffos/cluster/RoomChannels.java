package io.neffos.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.exchange.StackExchange;
import org.jspecify.annotations.Nullable;

/**
 * Which channels of rooms this server listens to.
 * <p>
 * A room that dies and one of the same name that is born meanwhile tell it in any order,
 * hence it counts: the channel is subscribed as long as anybody wants it. What is wanted
 * goes through one queue, which one thread at a time works off, so that the exchange is
 * told in the order in which it was counted and is called under no lock.
 */
final class RoomChannels {

	private final StackExchange exchange;

	/** Only the one who works off the queue looks at it. */
	private final Map<String, Wanted> wanted = new HashMap<>();

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile int size;

	RoomChannels(StackExchange exchange) {
		this.exchange = exchange;
	}

	/** Listen to a channel; completes, in whatever way, when that is so or has failed. */
	CompletableFuture<@Nullable Void> acquire(String channel) {
		CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
		run(() -> {
			Wanted known = this.wanted.get(channel);
			if (known == null) {
				known = new Wanted(this.exchange.subscribe(channel));
				this.wanted.put(channel, known);
			}
			else if (known.active.isCompletedExceptionally()) {
				// The broker may have come back since.
				known.active = this.exchange.subscribe(channel);
			}
			known.count++;
			known.active.whenComplete((value, failure) -> {
				if (failure != null) {
					result.completeExceptionally(failure);
				}
				else {
					result.complete(null);
				}
			});
		});
		return result;
	}

	/** No longer listen to a channel, unless somebody else does. */
	void release(String channel) {
		run(() -> {
			Wanted known = this.wanted.get(channel);
			// Whoever releases has acquired before, so there is one.
			if (known != null && --known.count == 0) {
				this.wanted.remove(channel);
				this.exchange.unsubscribe(channel);
			}
		});
	}

	/** How many channels are listened to. */
	int size() {
		return this.size;
	}

	private void run(Runnable change) {
		this.queue.add(change);
		if (this.waiting.getAndIncrement() > 0) {
			return;
		}
		do {
			Runnable next = this.queue.poll();
			if (next != null) {
				next.run();
				this.size = this.wanted.size();
			}
		}
		while (this.waiting.decrementAndGet() > 0);
	}

	private static final class Wanted {

		private CompletableFuture<@Nullable Void> active;

		private int count;

		Wanted(CompletableFuture<@Nullable Void> active) {
			this.active = active;
		}

	}

}
