package io.neffos.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one socket, one message after the other, in the order in which they came.
 * <p>
 * {@link #add} only queues, so it can be called under a lock; {@link #flush} writes and
 * is called without one. Neither blocks. What waits is bounded in number, bytes and time;
 * past a bound the outbox gives everything up and says so once.
 */
final class Outbox {

	private final MessageSocket socket;

	private final EngineSettings settings;

	private final ScheduledExecutorService timer;

	private final Listener listener;

	/** Guarded by this. */
	private final ArrayDeque<Item> queue = new ArrayDeque<>(4);

	private long bytes;

	private boolean writing;

	private long writingSince;

	private boolean flushing;

	private State state = State.OPEN;

	private @Nullable CloseReason closeReason;

	/** Ends the wait for the last messages to be written. */
	private @Nullable Future<?> patience;

	/** The namespace whose connect was answered last, while nothing may follow. */
	private @Nullable String quietFor;

	private long quietUntil;

	private boolean quietTimer;

	Outbox(MessageSocket socket, EngineSettings settings, ScheduledExecutorService timer, Listener listener) {
		this.socket = socket;
		this.settings = settings;
		this.timer = timer;
		this.listener = listener;
	}

	/**
	 * Queue a message.
	 * @return {@code false} if the outbox is closed
	 */
	boolean add(WireFrame frame) {
		return add(new Item(frame, null));
	}

	/**
	 * Queue the reply to a connect, after which nothing is written until the peer has
	 * spoken in that namespace or a little time has passed: clients that read several
	 * messages in one turn lose what follows the reply (protocol section 14.2, J3).
	 */
	boolean addConnectReply(WireFrame frame, String namespace) {
		return add(new Item(frame, this.settings.connectGap().isZero() ? null : namespace));
	}

	private boolean add(Item item) {
		synchronized (this) {
			if (this.state != State.OPEN) {
				return false;
			}
			this.queue.add(item);
			this.bytes += item.frame.size();
			if (this.queue.size() > this.settings.maxOutboxFrames() || this.bytes > this.settings.maxOutboxBytes()
					|| (this.writing
							&& System.nanoTime() - this.writingSince > this.settings.sendTimeout().toNanos())) {
				this.state = State.OVERFLOWN;
				clear();
			}
			return true;
		}
	}

	/** Write what is queued, unless another thread does. */
	void flush() {
		synchronized (this) {
			if (this.flushing) {
				return;
			}
			this.flushing = true;
		}
		while (true) {
			Item item = null;
			State ended = null;
			synchronized (this) {
				if (this.state == State.OVERFLOWN) {
					this.state = State.CLOSED;
					ended = State.OVERFLOWN;
				}
				else if (!this.writing && !isQuiet()) {
					item = this.queue.poll();
					if (item == null && this.state == State.CLOSING) {
						this.state = State.CLOSED;
						ended = State.CLOSING;
					}
				}
				if (item == null && ended == null) {
					this.flushing = false;
					return;
				}
				if (item != null) {
					this.writing = true;
					this.writingSince = System.nanoTime();
					this.bytes -= item.frame.size();
					// Before the peer can have read it, so that its answer ends the
					// quiet.
					this.quietFor = (item.quietFor != null) ? item.quietFor : this.quietFor;
				}
			}
			if (item != null) {
				String namespace = item.quietFor;
				this.socket.write(item.frame, (failure) -> written(namespace, failure));
			}
			else if (ended == State.OVERFLOWN) {
				this.listener.overflown();
			}
			else {
				closeSocket();
			}
		}
	}

	private void written(@Nullable String namespace, @Nullable Throwable failure) {
		boolean closing;
		synchronized (this) {
			this.writing = false;
			closing = this.state == State.CLOSING;
			if (namespace != null) {
				this.quietUntil = System.nanoTime() + this.settings.connectGap().toNanos();
			}
			if (failure != null) {
				this.state = (this.state == State.OVERFLOWN) ? State.OVERFLOWN : State.CLOSED;
				clear();
			}
		}
		if (failure != null) {
			if (closing) {
				closeSocket();
			}
			this.listener.failed(failure);
		}
		flush();
	}

	/** Guarded by this. */
	private boolean isQuiet() {
		if (this.quietFor == null || this.queue.isEmpty()) {
			return false;
		}
		long left = this.quietUntil - System.nanoTime();
		if (left <= 0) {
			this.quietFor = null;
			return false;
		}
		if (!this.quietTimer) {
			this.quietTimer = true;
			this.timer.schedule(this::quietOver, left, TimeUnit.NANOSECONDS);
		}
		return true;
	}

	private void quietOver() {
		synchronized (this) {
			this.quietTimer = false;
		}
		flush();
	}

	/** The peer has said something in a namespace, so it knows that it is connected. */
	void peerSpoke(String namespace) {
		synchronized (this) {
			if (!namespace.equals(this.quietFor)) {
				return;
			}
			this.quietFor = null;
		}
		flush();
	}

	/** Accept no more, write what is queued, then close the socket. */
	void closeWhenWritten(CloseReason reason, Duration limit) {
		boolean gaveUp;
		synchronized (this) {
			gaveUp = this.state != State.OPEN;
			if (!gaveUp) {
				this.state = State.CLOSING;
				this.closeReason = reason;
				this.quietFor = null;
			}
		}
		if (gaveUp) {
			// The listener hears of it too late: whoever calls has ended the connection.
			closeNow(reason);
			return;
		}
		flush();
		synchronized (this) {
			if (this.state == State.CLOSING) {
				this.patience = this.timer.schedule(() -> closeNow(reason), limit.toNanos(), TimeUnit.NANOSECONDS);
			}
		}
	}

	/** Give up what is queued and close the socket. */
	void closeNow(CloseReason reason) {
		discard();
		this.socket.close(reason);
	}

	/** Give up what is queued; the socket is closed already. */
	void discard() {
		synchronized (this) {
			this.state = State.CLOSED;
			clear();
			stopWaiting();
		}
	}

	private void closeSocket() {
		CloseReason reason;
		synchronized (this) {
			stopWaiting();
			reason = this.closeReason;
		}
		this.socket.close((reason != null) ? reason : new CloseReason(CloseReason.NORMAL, ""));
	}

	/** Guarded by this. */
	private void stopWaiting() {
		if (this.patience != null) {
			this.patience.cancel(false);
			this.patience = null;
		}
	}

	/** Guarded by this. */
	private void clear() {
		this.queue.clear();
		this.bytes = 0;
	}

	private enum State {

		OPEN, OVERFLOWN, CLOSING, CLOSED

	}

	private record Item(WireFrame frame, @Nullable String quietFor) {
	}

	/** Is told, without a lock, when the outbox gave up. */
	interface Listener {

		void overflown();

		void failed(Throwable failure);

	}

}
