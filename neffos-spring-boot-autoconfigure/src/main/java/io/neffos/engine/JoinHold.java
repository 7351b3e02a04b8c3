package io.neffos.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of a room back from a client that is joining it: a server that has
 * stored the member sends them, perhaps before its answer to the join arrives (protocol
 * section 7.6), and handlers are to find the room. What follows is kept back too, so that
 * nothing is overtaken.
 * <p>
 * The wait ends with the join, which has a timeout, and also when the server asks
 * something: an original server may ask before it answers the join, and wait for that.
 */
final class JoinHold {

	/** Asks of the peer that wait for handlers. */
	private final AtomicInteger asks = new AtomicInteger();

	private volatile @Nullable CompletableFuture<@Nullable Void> release;

	/** A frame is about to wait for handlers. On the reading thread. */
	void arrives(Frame frame) {
		if (frame.isAsk()) {
			this.asks.incrementAndGet();
			CompletableFuture<@Nullable Void> held = this.release;
			if (held != null) {
				held.complete(null);
			}
		}
	}

	/** A frame has had its turn. In the mailbox. */
	void taken(Frame frame) {
		if (frame.isAsk()) {
			this.asks.decrementAndGet();
		}
	}

	/** What to wait for. In the mailbox. */
	CompletableFuture<@Nullable Void> until(CompletableFuture<?> joining) {
		CompletableFuture<@Nullable Void> held = new CompletableFuture<>();
		joining.whenComplete((room, failure) -> held.complete(null));
		this.release = held;
		// After it is visible to the reading thread, so that no ask is missed.
		if (this.asks.get() > 0) {
			held.complete(null);
		}
		return held;
	}

}
