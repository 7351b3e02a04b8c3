package io.neffos.autoconfigure.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.neffos.NeffosServer;

/** Broadcasts the next number to every room, again and again. */
final class Ticker implements AutoCloseable {

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final Map<String, Long> numbers = new HashMap<>();

	private final NeffosServer server;

	Ticker(NeffosServer server) {
		this.server = server;
		this.clock.scheduleWithFixedDelay(this::tick, 50, 50, TimeUnit.MILLISECONDS);
	}

	private void tick() {
		for (int i = 0; i < Fleet.ROOMS; i++) {
			String room = Fleet.room(i);
			long number = this.numbers.merge(room, 1L, Long::sum);
			this.server.namespace("deck").room(room).emit("tick", String.valueOf(number));
		}
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
	}

}
