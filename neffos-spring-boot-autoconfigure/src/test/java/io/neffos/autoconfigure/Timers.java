package io.neffos.autoconfigure;

import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.springframework.context.ApplicationContext;

/** A look at what waits in the timer of an application. */
public final class Timers {

	private Timers() {
	}

	/** How many timeouts wait to end something. What comes round for ever is none. */
	public static int waiting(ApplicationContext context) {
		ScheduledThreadPoolExecutor timer = (ScheduledThreadPoolExecutor) context.getBean(NeffosThreads.class).timer();
		return (int) timer.getQueue()
			.stream()
			.filter((task) -> !(task instanceof RunnableScheduledFuture<?> scheduled && scheduled.isPeriodic()))
			.count();
	}

}
