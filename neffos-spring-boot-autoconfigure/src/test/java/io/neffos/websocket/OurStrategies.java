package io.neffos.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.neffos.nio.IoLoops;
import io.neffos.nio.StreamSettings;

/** Strategies that upgrade to our own sockets, with the loops they need. */
final class OurStrategies implements AutoCloseable {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<IoLoops> loops = new ArrayList<>();

	/**
	 * Upgrade for handlers that do not block: they run where the loop reads. So a message
	 * is answered before whatever comes behind it is looked at.
	 */
	StreamUpgradeStrategy next(int maxMessageSize) {
		IoLoops made = new IoLoops(2, new StreamSettings(maxMessageSize, LONG, LONG, LONG, Duration.ZERO));
		this.loops.add(made);
		made.all().forEach(this.threads::execute);
		return new StreamUpgradeStrategy(made, Runnable::run);
	}

	@Override
	public void close() {
		this.loops.forEach(IoLoops::close);
		this.threads.shutdown();
	}

}
