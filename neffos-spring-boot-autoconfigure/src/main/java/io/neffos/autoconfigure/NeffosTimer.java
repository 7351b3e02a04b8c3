package io.neffos.autoconfigure;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Runs what is due: the end of asks, handshakes and slow writes. Holds its executor
 * rather than being one, because a bean that is an executor makes Spring Boot keep back
 * the application's task executor.
 */
final class NeffosTimer implements DisposableBean {

	private static final int THREADS = 2;

	private final ScheduledThreadPoolExecutor executor;

	NeffosTimer() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("neffos-timer-");
		threads.setDaemon(true);
		this.executor = new ScheduledThreadPoolExecutor(THREADS, threads);
		// Nearly every timeout is cancelled; without this each would stay until it is
		// due.
		this.executor.setRemoveOnCancelPolicy(true);
	}

	ScheduledExecutorService executor() {
		return this.executor;
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

}
