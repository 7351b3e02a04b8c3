package io.neffos.client;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a client whose application gave it none: daemons that end when idle. */
final class ClientThreads {

	private static final int HANDLERS = 16;

	private static final long IDLE_SECONDS = 30;

	private final ThreadPoolExecutor handlers = new ThreadPoolExecutor(HANDLERS, HANDLERS, IDLE_SECONDS,
			TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("neffos-client-"));

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
			daemons("neffos-client-timer-"));

	ClientThreads() {
		this.handlers.allowCoreThreadTimeOut(true);
		// Nearly every timeout is cancelled; without this each would stay until it is
		// due.
		this.timer.setRemoveOnCancelPolicy(true);
	}

	private static ThreadFactory daemons(String prefix) {
		AtomicInteger count = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	Executor handlers() {
		return this.handlers;
	}

	ScheduledExecutorService timer() {
		return this.timer;
	}

	/** What runs may end; nothing begins any more. */
	void close() {
		this.timer.shutdownNow();
		this.handlers.shutdown();
	}

}
