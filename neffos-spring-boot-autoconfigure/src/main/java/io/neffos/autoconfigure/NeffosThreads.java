package io.neffos.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.neffos.nio.IoLoops;
import io.neffos.nio.StreamSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of the library itself; handlers run elsewhere. Holds its executors rather
 * than being one, because a bean that is an executor makes Spring Boot keep back the
 * application's task executor.
 */
final class NeffosThreads implements DisposableBean {

	private static final int TIMER_THREADS = 2;

	private static final int IO_THREADS = 64;

	private static final long IDLE_SECONDS = 30;

	private final ScheduledThreadPoolExecutor timer;

	private final ThreadPoolExecutor io;

	private @Nullable IoLoops loops;

	NeffosThreads() {
		this.timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, daemons("neffos-timer-"));
		// Nearly every timeout is cancelled; without this each would stay until it is
		// due.
		this.timer.setRemoveOnCancelPolicy(true);
		// So many peers that stall can be closed at a time; the others wait in turn, at
		// most one of them for each connection. What comes after the end is dropped.
		this.io = new ThreadPoolExecutor(IO_THREADS, IO_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), daemons("neffos-io-"), new ThreadPoolExecutor.DiscardPolicy());
		this.io.allowCoreThreadTimeOut(true);
	}

	private static ThreadFactory daemons(String prefix) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		return factory;
	}

	/** Runs what is due: the end of asks, handshakes and slow writes. */
	ScheduledExecutorService timer() {
		return this.timer;
	}

	/** Runs what may wait for a peer. */
	Executor io() {
		return this.io;
	}

	/** Read and write for sockets of our own; begin with the first call. */
	synchronized IoLoops loops(int count, StreamSettings settings) {
		IoLoops result = this.loops;
		if (result == null) {
			result = new IoLoops(count, settings);
			this.loops = result;
			ThreadFactory threads = daemons("neffos-loop-");
			result.all().forEach((loop) -> threads.newThread(loop).start());
		}
		return result;
	}

	@Override
	public synchronized void destroy() {
		if (this.loops != null) {
			this.loops.close();
		}
		this.timer.shutdownNow();
		this.io.shutdown();
	}

}
