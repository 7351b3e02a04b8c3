package io.neffos.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.neffos.Events;
import io.neffos.Message;
import io.neffos.SystemEvents;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** Keeps events in the order of their arrival. Handlers fill it, the test empties it. */
final class Inbox {

	/** How long an answer or an event may take; an upper bound. */
	static final Duration LIMIT = Duration.ofSeconds(10);

	/** Guarded by this. */
	private final List<Message> entries = new ArrayList<>();

	/**
	 * Puts every event into the inbox.
	 * @param handlers are called with what they would get
	 * @return the events of a namespace
	 */
	Events events(Consumer<Events.Builder> handlers) {
		Events.Builder declared = Events.builder();
		handlers.accept(declared);
		Events.Builder all = Events.builder().on(SystemEvents.ANY_EVENT, (ns, message) -> add(message));
		declared.build().handlers().forEach((event, handler) -> all.onAsk(event, (ns, message) -> {
			add(message);
			return handler.handle(ns, message);
		}));
		return all.build();
	}

	private synchronized void add(Message message) {
		this.entries.add(message);
		notifyAll();
	}

	/** Takes the oldest entry of this event and room, once there is one. */
	synchronized Message next(String event, String room) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (true) {
			for (Iterator<Message> all = this.entries.iterator(); all.hasNext();) {
				Message message = all.next();
				if (message.event().equals(event) && message.room().equals(room)) {
					all.remove();
					return message;
				}
			}
			long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (left <= 0) {
				throw new AssertionError("No event %s %s, there is %s".formatted(event, room, peek()));
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError("Interrupted", ex);
			}
		}
	}

	/** The body of the next entry. */
	String text(String event, String room) {
		return next(event, room).text();
	}

	/** Takes everything that is there. */
	synchronized List<String> drain() {
		List<String> all = peek();
		this.entries.clear();
		return all;
	}

	/** Waits for exactly these, as {@code event flags room}, and takes them. */
	void expect(String... expected) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> Assertions.assertThat(peek()).containsExactly(expected));
		drain();
	}

	private synchronized List<String> peek() {
		return this.entries.stream().map(Inbox::describe).toList();
	}

	private static String describe(Message message) {
		String event = message.event().replaceFirst("^_On", "");
		return (event + (message.isLocal() ? "+" : "") + (message.isForced() ? "!" : "") + " " + message.room())
			.strip();
	}

}
