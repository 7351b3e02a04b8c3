package io.neffos.exchange.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What was published over one pair of connections and is not answered yet: first it waits
 * for the thread that writes, then for Redis. Both count as bytes, and there is a bound.
 * It ends with its connections, and nothing in it is ever sent by others: what is
 * repeated would arrive twice, and what is kept would arrive late.
 */
final class PublishQueue {

	private final long limit;

	/** Is told when Redis refused a message. */
	private final Consumer<Throwable> refused;

	private final Deque<Publication> waiting = new ArrayDeque<>();

	private long bytes;

	private int unanswered;

	private boolean flushing;

	private boolean closed;

	PublishQueue(long limit, Consumer<Throwable> refused) {
		this.limit = limit;
		this.refused = refused;
	}

	/** Take a message, unless there is no room for it. */
	Offer offer(String channel, byte[] message) {
		Publication publication = new Publication(channel, message);
		synchronized (this) {
			if (this.closed || this.bytes + publication.size() > this.limit) {
				return Offer.REFUSED;
			}
			this.bytes += publication.size();
			this.unanswered++;
			this.waiting.add(publication);
			if (this.flushing) {
				return Offer.TAKEN;
			}
			this.flushing = true;
		}
		return Offer.TAKEN_AND_TO_BE_FLUSHED;
	}

	/** What to write next; when it is nothing, the next offer says to flush again. */
	List<Publication> next(int most) {
		List<Publication> next = new ArrayList<>();
		synchronized (this) {
			while (next.size() < most && !this.waiting.isEmpty()) {
				next.add(this.waiting.remove());
			}
			this.flushing = !next.isEmpty();
		}
		for (Publication publication : next) {
			publication.whenComplete((receivers, failure) -> answered(publication, failure));
		}
		return next;
	}

	private void answered(Publication publication, @Nullable Throwable failure) {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.bytes -= publication.size();
			this.unanswered--;
			if (this.unanswered == 0) {
				notifyAll();
			}
		}
		if (failure != null) {
			this.refused.accept(failure);
		}
	}

	synchronized long bytes() {
		return this.bytes;
	}

	/** Wait until everything is answered, or the time is over. */
	synchronized void awaitEmpty(Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		long left = patience.toMillis();
		while (this.unanswered > 0 && !this.closed && left > 0) {
			wait(left);
			left = (end - System.nanoTime()) / 1_000_000;
		}
	}

	/**
	 * Take nothing more.
	 * @return how many messages were taken and not answered
	 */
	synchronized int close() {
		if (this.closed) {
			return 0;
		}
		this.closed = true;
		this.waiting.clear();
		notifyAll();
		return this.unanswered;
	}

	/** What became of an offer. */
	enum Offer {

		REFUSED, TAKEN, TAKEN_AND_TO_BE_FLUSHED

	}

}
