package io.neffos.chaos;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.neffos.load.Swarm;

/**
 * Clients of which one is killed and another says something, again and again, as fast as
 * the handlers and the thread of the clients can follow. Faster, the queues of both would
 * grow without end, and everything would be late.
 */
final class Crowd implements AutoCloseable {

	private static final int KILL_MILLIS = 5;

	/** How many may be dead whose handlers have not all run. */
	private static final int BACKLOG = 25;

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

	private final Random random = new Random(1);

	private final AtomicInteger killed = new AtomicInteger();

	private final AtomicReferenceArray<Wanderer> wanderers;

	private final Chronicle chronicle;

	private final Swarm swarm;

	private volatile boolean over;

	Crowd(int port, int count, Chronicle chronicle) {
		this.chronicle = chronicle;
		this.swarm = new Swarm(port);
		this.wanderers = new AtomicReferenceArray<>(count);
		for (int i = 0; i < count; i++) {
			replace(i);
		}
	}

	private void replace(int index) {
		if (!this.over) {
			List<String> rooms = List.of("room-" + index % Storm.ROOMS, "room-" + (index / 10) % Storm.ROOMS);
			this.wanderers.set(index, new Wanderer(this.swarm, rooms, () -> replace(index)));
		}
	}

	/** Begin to kill. */
	void storm() {
		this.clock.scheduleWithFixedDelay(() -> {
			if (this.chronicle.lives() <= this.wanderers.length() + BACKLOG) {
				actAndKill();
			}
			try {
				this.swarm.awaitRound();
			}
			catch (InterruptedException ex) {
				// The end.
				Thread.currentThread().interrupt();
			}
		}, KILL_MILLIS, KILL_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void actAndKill() {
		for (int i = 0; i < 3; i++) {
			any().act(this.random.nextInt(1000));
		}
		Wanderer victim = any();
		// Some die before they have joined anything.
		if (victim.isSettled() || this.random.nextInt(4) == 0) {
			victim.die(this.random.nextInt(1000));
			this.killed.incrementAndGet();
		}
	}

	private Wanderer any() {
		return this.wanderers.get(this.random.nextInt(this.wanderers.length()));
	}

	/** Kill no more. */
	void calm() {
		this.clock.shutdownNow();
	}

	int killed() {
		return this.killed.get();
	}

	Swarm swarm() {
		return this.swarm;
	}

	/** Kill all at once. */
	@Override
	public void close() throws Exception {
		calm();
		this.over = true;
		this.swarm.close();
	}

}
