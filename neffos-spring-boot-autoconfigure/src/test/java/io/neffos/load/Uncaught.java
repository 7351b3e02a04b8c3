package io.neffos.load;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions that nobody catches, but for those Tomcat's WebSocket sessions throw by
 * themselves: when a write ends in the moment in which the connection is closed, 11.0.22
 * ends it twice, and the second time is an exception in a thread of its own, of which
 * only the thread takes notice. Awaitility, which would fail the wait that goes on, is
 * told not to look.
 */
public final class Uncaught implements AutoCloseable {

	private static final String TOMCAT = "org.apache.tomcat.";

	private final List<Throwable> exceptions = new CopyOnWriteArrayList<>();

	private final @Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

	public Uncaught() {
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
		Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> {
			if (!isTomcats(exception)) {
				this.exceptions.add(exception);
			}
		});
	}

	private static boolean isTomcats(Throwable exception) {
		return exception instanceof IllegalStateException && Arrays.stream(exception.getStackTrace())
			.map(StackTraceElement::getClassName)
			.allMatch((name) -> name.startsWith(TOMCAT) || name.startsWith("java."));
	}

	public List<Throwable> exceptions() {
		return this.exceptions;
	}

	@Override
	public void close() {
		Thread.setDefaultUncaughtExceptionHandler(this.before);
		Awaitility.reset();
	}

}
