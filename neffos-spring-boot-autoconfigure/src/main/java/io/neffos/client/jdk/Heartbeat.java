package io.neffos.client.jdk;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Notices that a peer is gone without a word. At each beat a peer that was silent since
 * the one before is asked for a sign of life; one that stays silent until the next is
 * given up. Needed beside what TCP and the JDK tell: a peer whose network is cut says
 * nothing at all, and the JDK misses the end of a stream that arrives while it delivers a
 * message.
 */
final class Heartbeat {

	private final Duration interval;

	private final WebSocket webSocket;

	/** Whether nothing can be heard, because this side does not read just now. */
	private final BooleanSupplier deaf;

	private final Runnable lost;

	private volatile boolean heard = true;

	/** Only beats look at it, one after the other. */
	private boolean asked;

	/** Guarded by this: goes off at the next beat. */
	private @Nullable CompletableFuture<@Nullable Void> alarm;

	/** Guarded by this. */
	private boolean stopped;

	Heartbeat(Duration interval, WebSocket webSocket, BooleanSupplier deaf, Runnable lost) {
		this.interval = interval;
		this.webSocket = webSocket;
		this.deaf = deaf;
		this.lost = lost;
	}

	void start() {
		if (!this.interval.isZero()) {
			next();
		}
	}

	/** The peer has said something, whatever it was. */
	void heard() {
		this.heard = true;
	}

	/** Nothing of this stays behind when the connection has ended. */
	void stop() {
		CompletableFuture<@Nullable Void> last;
		synchronized (this) {
			this.stopped = true;
			last = this.alarm;
		}
		if (last != null) {
			last.complete(null);
		}
	}

	private void next() {
		CompletableFuture<@Nullable Void> beat = new CompletableFuture<>();
		beat.whenComplete((nothing, due) -> {
			if (due != null) {
				beat();
			}
		});
		boolean tooLate;
		synchronized (this) {
			this.alarm = beat;
			tooLate = this.stopped;
		}
		if (!tooLate) {
			beat.orTimeout(this.interval.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void beat() {
		if (this.heard || this.deaf.getAsBoolean()) {
			this.heard = false;
			this.asked = false;
		}
		else if (this.asked) {
			this.lost.run();
			return;
		}
		else {
			this.asked = true;
			// One that is still waiting to be written asks as well as this one would.
			this.webSocket.sendPing(ByteBuffer.allocate(0));
		}
		next();
	}

}
