package io.neffos.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.neffos.NSConn;
import io.neffos.WriteClosedException;

/**
 * Who waits for a namespace to be connected. Each wait ends by the connect, by its own
 * deadline or by the end of the connection, and leaves nothing behind. Completes futures
 * without a lock.
 */
final class ConnectWaiters {

	/** Guarded by this. */
	private final Map<String, List<CompletableFuture<NSConn>>> waiting = new HashMap<>(2);

	/** Guarded by this. */
	private boolean closed;

	/** Add one who waits. Who adds looks afterwards whether it is connected already. */
	void add(String namespace, CompletableFuture<NSConn> waiter) {
		boolean tooLate;
		synchronized (this) {
			tooLate = this.closed;
			if (!tooLate) {
				this.waiting.computeIfAbsent(namespace, (key) -> new ArrayList<>(1)).add(waiter);
			}
		}
		if (tooLate) {
			waiter.completeExceptionally(new WriteClosedException("The connection is closed"));
			return;
		}
		waiter.whenComplete((value, failure) -> remove(namespace, waiter));
	}

	private synchronized void remove(String namespace, CompletableFuture<NSConn> waiter) {
		List<CompletableFuture<NSConn>> waiters = this.waiting.get(namespace);
		if (waiters != null && waiters.removeIf((other) -> other == waiter) && waiters.isEmpty()) {
			this.waiting.remove(namespace);
		}
	}

	void connected(NSConn ns) {
		List<CompletableFuture<NSConn>> waiters;
		synchronized (this) {
			waiters = List.copyOf(this.waiting.getOrDefault(ns.namespace(), List.of()));
		}
		waiters.forEach((waiter) -> waiter.complete(ns));
	}

	void close() {
		List<CompletableFuture<NSConn>> waiters = new ArrayList<>();
		synchronized (this) {
			this.closed = true;
			this.waiting.values().forEach(waiters::addAll);
			this.waiting.clear();
		}
		waiters.forEach((waiter) -> waiter.completeExceptionally(
				new WriteClosedException("The connection closed before the namespace was connected")));
	}

}
