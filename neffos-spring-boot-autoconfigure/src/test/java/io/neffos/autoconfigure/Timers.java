package io.neffos.autoconfigure;

import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.springframework.context.ApplicationContext;

/** A look at what waits in the timer of an application. */
public final class Timers {

	private Timers() {
	}

	/** How many timeouts wait to end something. */
	public static int waiting(ApplicationContext context) {
		return ((ScheduledThreadPoolExecutor) context.getBean(NeffosThreads.class).timer()).getQueue().size();
	}

}
