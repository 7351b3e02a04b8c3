package io.neffos.exchange.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.neffos.exchange.ExchangeException;
import org.jspecify.annotations.Nullable;

/**
 * Which channels are wanted, which of them Redis knows of, and what to tell it next. It
 * sends nothing itself: whoever does takes one {@link Batch} after the other, each after
 * the answer to the one before. So an unsubscription overtakes no subscription, what is
 * wanted and unwanted meanwhile costs nothing, and many joins at once are few commands.
 */
final class Subscriptions {

	private final Duration timeout;

	private final Map<String, Subscription> all = new ConcurrentHashMap<>();

	/** Channels to look at for the next batch. */
	private final Set<String> todo = new LinkedHashSet<>();

	/** Channels that were wanted before the connection, and are not active on it yet. */
	private final Set<String> restoring = new HashSet<>();

	/** Results by time; those that are done stay until their turn. */
	private final Deque<Result> results = new ArrayDeque<>();

	private boolean connected;

	private boolean refused;

	private int unanswered;

	private long asked;

	Subscriptions(Duration timeout) {
		this.timeout = timeout;
	}

	/** Whether what arrives on a channel is of interest. */
	boolean isWanted(String channel) {
		Subscription subscription = this.all.get(channel);
		return subscription != null && subscription.wanted;
	}

	int size() {
		return this.all.size();
	}

	synchronized CompletableFuture<@Nullable Void> want(String channel) {
		Subscription subscription = this.all.computeIfAbsent(channel, (name) -> new Subscription());
		subscription.wanted = true;
		if (!this.connected) {
			return CompletableFuture.failedFuture(new ExchangeException("Redis is not available"));
		}
		if (subscription.wire == Wire.ACTIVE) {
			return CompletableFuture.completedFuture(null);
		}
		this.todo.add(channel);
		CompletableFuture<@Nullable Void> result = subscription.result;
		if (result == null || result.isDone()) {
			result = new CompletableFuture<>();
			subscription.result = result;
			this.results.add(new Result(channel, result, System.nanoTime() + this.timeout.toNanos()));
		}
		// Of its own: who holds one cannot end it for others.
		return result.copy();
	}

	void unwant(String channel) {
		CompletableFuture<@Nullable Void> result;
		synchronized (this) {
			Subscription subscription = this.all.get(channel);
			if (subscription == null) {
				return;
			}
			subscription.wanted = false;
			result = subscription.result;
			subscription.result = null;
			this.restoring.remove(channel);
			if (subscription.wire == Wire.NONE) {
				this.all.remove(channel);
				this.todo.remove(channel);
			}
			else {
				this.todo.add(channel);
			}
		}
		if (result != null) {
			result.completeExceptionally(new ExchangeException("Unsubscribed from " + channel));
		}
	}

	/** There is a connection, and it knows of no channel. */
	synchronized void connected() {
		this.connected = true;
		this.unanswered = 0;
		this.todo.clear();
		this.restoring.clear();
		for (Iterator<Map.Entry<String, Subscription>> each = this.all.entrySet().iterator(); each.hasNext();) {
			Map.Entry<String, Subscription> next = each.next();
			next.getValue().wire = Wire.NONE;
			if (next.getValue().wanted) {
				this.todo.add(next.getKey());
				this.restoring.add(next.getKey());
			}
			else {
				each.remove();
			}
		}
	}

	/** The connection is lost: nobody waits for its answers any more. */
	void disconnected(String reason) {
		List<Result> failed;
		synchronized (this) {
			this.connected = false;
			this.unanswered = 0;
			this.todo.clear();
			failed = new ArrayList<>(this.results);
			this.results.clear();
			this.all.values().removeIf((subscription) -> !subscription.wanted);
			this.all.values().forEach((subscription) -> subscription.wire = Wire.NONE);
		}
		failed.forEach((result) -> result.fail("Redis is not available: " + reason));
	}

	/** Whether everything that was wanted before the connection is active on it. */
	synchronized boolean isRestored() {
		return this.connected && this.restoring.isEmpty();
	}

	/**
	 * What to tell Redis now.
	 * @param most how many channels at most
	 * @return nothing while an answer is missing, or if there is nothing to tell
	 */
	synchronized Batch next(int most) {
		Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
		if (!this.connected || this.unanswered > 0) {
			return batch;
		}
		for (Iterator<String> each = this.todo.iterator(); each.hasNext() && batch.size() < most;) {
			String channel = each.next();
			each.remove();
			Subscription subscription = this.all.get(channel);
			if (subscription == null) {
				continue;
			}
			if (subscription.wanted && subscription.wire == Wire.NONE) {
				subscription.wire = Wire.SUBSCRIBING;
				batch.subscribe().add(channel);
			}
			else if (!subscription.wanted && subscription.wire == Wire.ACTIVE) {
				subscription.wire = Wire.UNSUBSCRIBING;
				batch.unsubscribe().add(channel);
			}
		}
		this.unanswered = batch.size();
		this.asked = System.nanoTime();
		return batch;
	}

	/** Whether an answer to the last batch is missing for so long. */
	synchronized boolean isStuck(Duration limit) {
		return this.connected && this.unanswered > 0 && System.nanoTime() - this.asked > limit.toNanos();
	}

	/** Redis has subscribed a channel. */
	void subscribed(String channel) {
		CompletableFuture<@Nullable Void> result;
		synchronized (this) {
			Subscription subscription = this.all.get(channel);
			if (subscription == null || subscription.wire != Wire.SUBSCRIBING) {
				return;
			}
			subscription.wire = Wire.ACTIVE;
			this.unanswered--;
			this.restoring.remove(channel);
			if (!subscription.wanted) {
				this.todo.add(channel);
			}
			result = subscription.result;
			subscription.result = null;
		}
		if (result != null) {
			result.complete(null);
		}
	}

	/** Redis has unsubscribed a channel. */
	synchronized void unsubscribed(String channel) {
		Subscription subscription = this.all.get(channel);
		if (subscription == null || subscription.wire != Wire.UNSUBSCRIBING) {
			return;
		}
		subscription.wire = Wire.NONE;
		this.unanswered--;
		if (subscription.wanted) {
			this.todo.add(channel);
		}
		else {
			this.all.remove(channel);
		}
	}

	/** Redis did not do it, by its rules of access; {@link #retry} asks again. */
	void refused(List<String> channels, String reason) {
		List<Result> failed = new ArrayList<>();
		synchronized (this) {
			this.refused = true;
			for (String channel : channels) {
				Subscription subscription = this.all.get(channel);
				if (subscription == null || subscription.wire == Wire.NONE || subscription.wire == Wire.ACTIVE) {
					continue;
				}
				subscription.wire = (subscription.wire == Wire.SUBSCRIBING) ? Wire.NONE : Wire.ACTIVE;
				this.unanswered--;
				CompletableFuture<@Nullable Void> result = subscription.result;
				if (result != null) {
					failed.add(new Result(channel, result, 0));
				}
				if (!subscription.wanted && subscription.wire == Wire.NONE) {
					this.all.remove(channel);
				}
			}
		}
		failed.forEach((result) -> result.fail("Redis refused the channel: " + reason));
	}

	/** Ask again for what was refused. */
	synchronized void retry() {
		if (!this.refused) {
			return;
		}
		this.refused = false;
		this.all.forEach((channel, subscription) -> {
			if (subscription.wire == (subscription.wanted ? Wire.NONE : Wire.ACTIVE)) {
				this.todo.add(channel);
			}
		});
	}

	/** Fail what takes too long. It is wanted nevertheless. */
	void expire() {
		List<Result> failed = new ArrayList<>();
		synchronized (this) {
			long now = System.nanoTime();
			for (Result first = this.results.peek(); first != null; first = this.results.peek()) {
				if (!first.future().isDone() && first.deadline() - now > 0) {
					break;
				}
				failed.add(this.results.remove());
			}
		}
		failed.forEach((result) -> result.fail("Redis did not confirm the subscription within " + this.timeout));
	}

	/** What Redis knows of a channel. */
	private enum Wire {

		NONE, SUBSCRIBING, ACTIVE, UNSUBSCRIBING

	}

	/**
	 * A channel. Guarded by the lock of all, but for the look of threads that receive.
	 */
	private static final class Subscription {

		private volatile boolean wanted;

		private Wire wire = Wire.NONE;

		private @Nullable CompletableFuture<@Nullable Void> result;

	}

	/**
	 * Somebody waits.
	 *
	 * @param channel for this channel
	 * @param future what to complete
	 * @param deadline when to fail, in nanoseconds
	 */
	private record Result(String channel, CompletableFuture<@Nullable Void> future, long deadline) {

		private void fail(String why) {
			if (!this.future.isDone()) {
				this.future.completeExceptionally(new ExchangeException(why + " (channel " + this.channel + ")"));
			}
		}

	}

	/**
	 * What to tell Redis.
	 *
	 * @param subscribe channels to subscribe
	 * @param unsubscribe channels to unsubscribe, none of the others
	 */
	record Batch(List<String> subscribe, List<String> unsubscribe) {

		int size() {
			return this.subscribe.size() + this.unsubscribe.size();
		}

	}

}
