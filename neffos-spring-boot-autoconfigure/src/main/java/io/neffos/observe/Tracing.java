package io.neffos.observe;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Carries traces from thread to thread and from server to server. What an application
 * does within a trace is continued where it has effects: the handlers that a join, leave,
 * connect or disconnect of this side runs, and, as fields beside the message, the
 * deliveries and commands that it causes on other servers.
 * <p>
 * Called on hot paths, by any thread: implementations return quickly and never throw, and
 * do next to nothing for a thread that is in no trace.
 *
 * @since 0.1.0
 */
public interface Tracing {

	/** Traces nothing. */
	Tracing NONE = new Tracing() {
	};

	/**
	 * Something is about to be sent to other servers, by the calling thread.
	 * @param crossing what
	 * @return the part of the trace that ends when it was sent, or, for something that is
	 * answered, when it was answered; {@code null} if the thread is in no trace
	 */
	default @Nullable Span departs(Crossing crossing) {
		return null;
	}

	/**
	 * Something of another server, which was in a trace there, has arrived.
	 * @param crossing what
	 * @param fields the fields of {@link Span#fields()} there: at most 16, as old or new
	 * as the other server
	 * @return the part of the trace that ends when it is done, or {@code null} to go on
	 * without
	 */
	default @Nullable Span arrives(Crossing crossing, Map<String, String> fields) {
		return null;
	}

	/**
	 * The trace of the calling thread, for another thread to go on in.
	 * @return the trace, or {@code null} if there is none
	 */
	default @Nullable Trace current() {
		return null;
	}

	/** A trace. Safe for use by any thread, also by several at a time. */
	interface Trace {

		/**
		 * Do something within it.
		 * @param task the task, run by the calling thread
		 * @param <T> what it returns
		 * @return what it returned
		 */
		<T extends @Nullable Object> T call(Supplier<T> task);

	}

	/** One part of a trace, from its creation until it {@linkplain #end ends}. */
	interface Span extends Trace {

		/**
		 * What continues the trace elsewhere, as headers, for example
		 * {@code traceparent}.
		 * @return at most 16 fields of 8,192 characters together; what is more does not
		 * travel
		 */
		Map<String, String> fields();

		/**
		 * It has ended. Called once, by any thread.
		 * @param failure why it failed, or {@code null}
		 */
		void end(@Nullable Throwable failure);

	}

	/**
	 * What passes from server to server.
	 *
	 * @param operation what it does there: {@code broadcast}, {@code ask},
	 * {@code connect}, {@code disconnect}, {@code join}, {@code leave}, {@code close} or
	 * {@code members}
	 * @param namespace the namespace, which is declared by the server that sends, or
	 * empty
	 * @param room the room, or empty
	 */
	record Crossing(String operation, String namespace, String room) {

		/** Messages for connections that are not answered. */
		public static final String BROADCAST = "broadcast";

	}

}
