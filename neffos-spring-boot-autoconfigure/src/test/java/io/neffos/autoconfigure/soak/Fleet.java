package io.neffos.autoconfigure.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.neffos.NeffosServer;
import io.neffos.client.NeffosClientBuilder;

/** Many clients, and what became of all that they did. */
final class Fleet implements AutoCloseable {

	static final int ROOMS = 40;

	private static final int MOST_MISTAKES = 20;

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(2);

	private final Map<String, LongAdder> done = new ConcurrentHashMap<>();

	private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();

	private final List<Sailor> sailors = new ArrayList<>();

	Fleet(NeffosClientBuilder builder, NeffosServer server, int connections) {
		for (int i = 0; i < connections; i++) {
			this.sailors.add(new Sailor(this, builder.copy(), server, i));
		}
	}

	static String room(int index) {
		return "room-" + index;
	}

	void run(Duration duration) throws InterruptedException {
		this.sailors.forEach(Sailor::begin);
		// The length of the run; nothing is waited for.
		new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
	}

	void soon(Runnable task, int millis) {
		if (!this.clock.isShutdown()) {
			this.clock.schedule(task, millis, TimeUnit.MILLISECONDS);
		}
	}

	void did(String what, long times) {
		this.done.computeIfAbsent(what, (key) -> new LongAdder()).add(times);
	}

	long did(String what) {
		LongAdder count = this.done.get(what);
		return (count != null) ? count.sum() : 0;
	}

	void mistake(String text) {
		if (this.mistakes.size() < MOST_MISTAKES) {
			this.mistakes.add(text);
		}
	}

	Queue<String> mistakes() {
		return this.mistakes;
	}

	@Override
	public void close() throws Exception {
		this.clock.shutdownNow();
		List<CompletableFuture<?>> ends = new ArrayList<>();
		this.sailors.forEach((sailor) -> ends.add(sailor.end()));
		CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
	}

	@Override
	public String toString() {
		return new TreeMap<>(this.done).toString();
	}

}
