package io.neffos.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;

import io.neffos.Message;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * The time from the loss of a connection until everything is restored: what is to be
 * restored, what was sent meanwhile, how often it was tried. Guarded by its client.
 */
final class Outage {

	private final long since = System.nanoTime();

	private final Deque<Message> kept = new ArrayDeque<>(0);

	private final List<Message> undelivered = new ArrayList<>(0);

	private Session session;

	private CloseReason lost = new CloseReason(CloseReason.ABNORMAL, "");

	private int tries;

	private @Nullable Throwable failure;

	/** Begins the next attempt. */
	private @Nullable Future<?> alarm;

	Outage(Session session) {
		this.session = session;
	}

	Session session() {
		return this.session;
	}

	void session(Session value) {
		this.session = value;
	}

	CloseReason lost() {
		return this.lost;
	}

	void lost(CloseReason value) {
		this.lost = value;
	}

	int tries() {
		return this.tries;
	}

	int nextTry() {
		return ++this.tries;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	void failure(@Nullable Throwable value) {
		this.failure = value;
	}

	void alarm(Future<?> value) {
		this.alarm = value;
	}

	void cancel() {
		if (this.alarm != null) {
			this.alarm.cancel(false);
		}
	}

	Duration duration() {
		return Duration.ofNanos(System.nanoTime() - this.since);
	}

	/** Messages of the application that wait until everything is restored. */
	Deque<Message> kept() {
		return this.kept;
	}

	/** Messages that waited and could not be sent. */
	List<Message> undelivered() {
		return this.undelivered;
	}

}
