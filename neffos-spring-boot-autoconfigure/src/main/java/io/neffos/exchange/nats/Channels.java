package io.neffos.exchange.nats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.neffos.exchange.ExchangeException;
import org.jspecify.annotations.Nullable;

/**
 * Which channels are wanted, and who waits until they are subscribed. Any thread wants;
 * one thread takes what has changed, tells it to the broker and confirms it, so that what
 * is wanted last is also what the broker is told last.
 */
final class Channels {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Wanted> wanted = new HashMap<>();

	private final Set<String> changed = new LinkedHashSet<>();

	/** Whether the broker is told of changes. */
	private boolean open;

	CompletableFuture<@Nullable Void> want(String channel) {
		this.lock.lock();
		try {
			Wanted entry = this.wanted.computeIfAbsent(channel, Wanted::new);
			if (!this.open) {
				return CompletableFuture.failedFuture(new ExchangeException("The broker is not available"));
			}
			if (entry.active) {
				return CompletableFuture.completedFuture(null);
			}
			this.changed.add(channel);
			CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
			entry.waiting.add(result);
			return result;
		}
		finally {
			this.lock.unlock();
		}
	}

	void unwant(String channel) {
		List<CompletableFuture<@Nullable Void>> failed = List.of();
		this.lock.lock();
		try {
			Wanted entry = this.wanted.remove(channel);
			if (entry != null) {
				failed = entry.takeWaiting();
				if (this.open) {
					this.changed.add(channel);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		fail(failed, "The channel is not wanted any more");
	}

	/** Everything that is wanted, for a new connection. Changes are kept from now on. */
	Round open() {
		this.lock.lock();
		try {
			this.open = true;
			this.changed.clear();
			return new Round(List.copyOf(this.wanted.values()), List.of());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What has changed since it was asked the last time. */
	Round changes() {
		this.lock.lock();
		try {
			List<Wanted> more = new ArrayList<>();
			List<String> less = new ArrayList<>();
			for (String channel : this.changed) {
				Wanted entry = this.wanted.get(channel);
				if (entry != null) {
					more.add(entry);
				}
				else {
					less.add(channel);
				}
			}
			this.changed.clear();
			return new Round(more, less);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The broker has confirmed these, but for what it has refused. That stays wanted: it
	 * is asked for again when somebody subscribes it, and after a reconnect.
	 */
	void confirm(Round round, Set<String> refused) {
		List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();
		List<CompletableFuture<@Nullable Void>> failed = new ArrayList<>();
		this.lock.lock();
		try {
			for (String channel : refused) {
				Wanted entry = this.wanted.get(channel);
				if (entry != null) {
					entry.active = false;
					failed.addAll(entry.takeWaiting());
				}
			}
			for (Wanted entry : round.more()) {
				if (this.wanted.get(entry.channel) == entry && !refused.contains(entry.channel)) {
					entry.active = true;
					waiting.addAll(entry.takeWaiting());
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		waiting.forEach((result) -> result.complete(null));
		fail(failed, "The broker has refused the subscription. Its rules of access forbid it");
	}

	/** The broker has not confirmed these in time, but may yet do so. */
	void postpone(Round round) {
		List<CompletableFuture<@Nullable Void>> failed = new ArrayList<>();
		this.lock.lock();
		try {
			for (Wanted entry : round.more()) {
				failed.addAll(entry.takeWaiting());
				this.changed.add(entry.channel);
			}
		}
		finally {
			this.lock.unlock();
		}
		fail(failed, "The broker has not confirmed the subscription in time");
	}

	/** The broker is away: what is wanted stays so, and nobody waits for it. */
	void close(String reason) {
		List<CompletableFuture<@Nullable Void>> failed = new ArrayList<>();
		this.lock.lock();
		try {
			this.open = false;
			this.changed.clear();
			for (Wanted entry : this.wanted.values()) {
				entry.active = false;
				failed.addAll(entry.takeWaiting());
			}
		}
		finally {
			this.lock.unlock();
		}
		fail(failed, reason);
	}

	private static void fail(List<CompletableFuture<@Nullable Void>> waiting, String reason) {
		waiting.forEach((result) -> result.completeExceptionally(new ExchangeException(reason)));
	}

	/**
	 * What the broker is to be told.
	 *
	 * @param more what is to be subscribed, where it is not yet
	 * @param less what is not to be subscribed any more
	 */
	record Round(List<Wanted> more, List<String> less) {

		boolean isEmpty() {
			return this.more.isEmpty() && this.less.isEmpty();
		}

	}

	/** A channel that is wanted, until it is not. Wanted again, it is another. */
	static final class Wanted {

		private final String channel;

		private final List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();

		private boolean active;

		Wanted(String channel) {
			this.channel = channel;
		}

		String channel() {
			return this.channel;
		}

		private List<CompletableFuture<@Nullable Void>> takeWaiting() {
			List<CompletableFuture<@Nullable Void>> taken = List.copyOf(this.waiting);
			this.waiting.clear();
			return taken;
		}

	}

}
