package io.neffos.load;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.NeffosServer;

/**
 * Broadcasts numbers to a room at a fixed rate. Each tells when it was due, so that a
 * broadcaster that is held up shows as much as a receiver that is.
 */
public final class Ticks implements AutoCloseable {

	private static final int LONGEST_SECONDS = 60;

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

	private final NeffosServer server;

	private final String namespace;

	private final String room;

	private final String padding;

	private final AtomicInteger sent = new AtomicInteger();

	/**
	 * Create, without beginning to broadcast.
	 * @param size bytes of each message, more or less
	 */
	public Ticks(NeffosServer server, String namespace, String room, int size) {
		this.server = server;
		this.namespace = namespace;
		this.room = room;
		this.padding = "x".repeat(size);
	}

	/** Broadcast some, and return when the last is sent. */
	public void send(int count, int perSecond) throws Exception {
		long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
		long start = System.nanoTime() + period;
		int first = this.sent.get();
		CompletableFuture<Integer> done = new CompletableFuture<>();
		ScheduledFuture<?> ticking = this.clock.scheduleAtFixedRate(() -> {
			if (this.sent.get() - first == count) {
				done.complete(count);
				return;
			}
			try {
				tick(start + (this.sent.get() - first) * period);
			}
			catch (RuntimeException ex) {
				done.completeExceptionally(ex);
			}
		}, period, period, TimeUnit.NANOSECONDS);
		try {
			done.get(LONGEST_SECONDS, TimeUnit.SECONDS);
		}
		finally {
			ticking.cancel(false);
		}
	}

	/** Broadcast until this is closed. */
	public void start(int perSecond) {
		long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
		this.clock.scheduleAtFixedRate(() -> tick(System.nanoTime()), period, period, TimeUnit.NANOSECONDS);
	}

	private void tick(long due) {
		this.server.namespace(this.namespace)
			.room(this.room)
			.emit("tick", this.sent.get() + " " + due + " " + this.padding);
		this.sent.incrementAndGet();
	}

	/** How many were sent; the number of the next. */
	public int sent() {
		return this.sent.get();
	}

	/** How late 99 of 100 were at most, in microseconds. */
	public static int p99(List<Member> members, int from, int to) {
		int[] all = members.stream().flatMapToInt((member) -> {
			int[] micros = new int[to - from];
			Arrays.setAll(micros, (i) -> member.micros(from + i));
			return Arrays.stream(micros);
		}).sorted().toArray();
		return all[all.length * 99 / 100];
	}

	/** Broadcast no more. */
	@Override
	public void close() throws InterruptedException {
		this.clock.shutdown();
		this.clock.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
	}

}
