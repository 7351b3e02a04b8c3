package io.neffos.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.neffos.transport.BatchSocket;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Expendable;
import io.neffos.transport.Flusher;
import io.neffos.transport.FrameSource;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.Socket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket, in the order in which it came.
 * <p>
 * {@link #add} only queues, so it can be called under a lock; what it says is to be woken
 * is woken without one. Neither blocks. What waits is bounded in number, bytes and time;
 * past a bound messages are dropped as their namespace has chosen, or the outbox gives
 * everything up and says so once.
 */
final class Outbox implements FrameSource, Consumer<Expendable> {

	/** The reply that nothing may follow has not left yet. */
	private static final long NOT_YET = Long.MAX_VALUE;

	private final Socket socket;

	private final EngineSettings settings;

	private final ScheduledExecutorService timer;

	private final Listener listener;

	private final @Nullable BatchSocket batch;

	private final @Nullable OneByOne serial;

	/** Guarded by this. */
	private final FrameQueue queue = new FrameQueue();

	/** Guarded by this: something that may not be dropped is with the socket. */
	private boolean firmTaken;

	/** Guarded by this: what was dropped and not told yet. */
	private @Nullable Drops drops;

	/** Changed under the lock. */
	private volatile State state = State.OPEN;

	private @Nullable CloseReason closeReason;

	/** Ends the wait for the last messages to be written. */
	private @Nullable Future<?> patience;

	/** Replies to connects among what waits; there rarely are any. */
	private @Nullable Queue<ConnectReply> connectReplies;

	/** The namespace whose connect was answered last, while nothing may follow. */
	private volatile @Nullable String quietFor;

	private long quietUntil;

	private boolean quietTimer;

	Outbox(Socket socket, EngineSettings settings, ScheduledExecutorService timer, Listener listener) {
		this.socket = socket;
		this.settings = settings;
		this.timer = timer;
		this.listener = listener;
		this.batch = (socket instanceof BatchSocket many) ? many : null;
		this.serial = (socket instanceof MessageSocket one) ? new OneByOne(one, this) : null;
		if (this.batch != null) {
			this.batch.attach(this);
		}
	}

	/**
	 * Queue a message. Runs no code of others.
	 * @param wakes gets what is to be done about it without a lock
	 * @return {@code false} if the outbox is closed
	 */
	boolean add(WireFrame frame, Wakes wakes) {
		return enqueue(frame, wakes);
	}

	/**
	 * Queue a message and write it on this thread, unless somebody else writes. Not to be
	 * called under a lock.
	 * @return {@code false} if the outbox is closed
	 */
	boolean addNow(WireFrame frame) {
		if (this.batch != null && frame.expendable() == null) {
			return enqueue(frame, null);
		}
		Wakes wakes = new Wakes();
		boolean added = enqueue(frame, wakes);
		wakes.run();
		return added;
	}

	/**
	 * Queue a message.
	 * @param wakes gets what is to be done about it; without it that is done at once
	 * @return {@code false} if the outbox is closed
	 */
	private boolean enqueue(WireFrame frame, @Nullable Wakes wakes) {
		FrameQueue.Result result;
		Drops dropped;
		synchronized (this) {
			if (this.state != State.OPEN) {
				return false;
			}
			result = queue(frame);
			dropped = this.drops;
			this.drops = null;
		}
		if (dropped != null) {
			wake(dropped, wakes);
		}
		if (result == FrameQueue.Result.OVERFLOW) {
			wake(this::overflown, wakes);
		}
		else if (wakes == null) {
			Objects.requireNonNull(this.batch).writeNow();
		}
		else if (result != FrameQueue.Result.DROPPED) {
			wakes.add(ready());
		}
		return true;
	}

	private static void wake(Flusher flusher, @Nullable Wakes wakes) {
		if (wakes != null) {
			wakes.add(flusher);
		}
		else {
			flusher.wake();
		}
	}

	/**
	 * Queue the reply to a connect, after which nothing is written until the peer has
	 * spoken in that namespace or a little time has passed: clients that read several
	 * messages in one turn lose what follows the reply (protocol section 14.2, J3).
	 */
	void addConnectReply(WireFrame frame, String namespace) {
		if (!this.settings.connectGap().isZero()) {
			synchronized (this) {
				if (this.connectReplies == null) {
					this.connectReplies = new ArrayDeque<>(2);
				}
				this.connectReplies.add(new ConnectReply(frame, namespace));
			}
		}
		addNow(frame);
	}

	/** Guarded by this. */
	private FrameQueue.Result queue(WireFrame frame) {
		FrameQueue.Result result = isStuck() ? FrameQueue.Result.OVERFLOW
				: this.queue.add(frame, this.settings.maxOutboxFrames(), this.settings.maxOutboxBytes(), this);
		if (result == FrameQueue.Result.OVERFLOW) {
			this.state = State.OVERFLOWN;
			clear();
		}
		return result;
	}

	/** Guarded by this: whether a write lasts too long; a loop notices that by itself. */
	private boolean isStuck() {
		return this.serial != null && mayNotWait() && this.serial.isStuck(this.settings.sendTimeout().toNanos());
	}

	/** Guarded by this: whether there is something that may not be dropped. */
	private boolean mayNotWait() {
		return this.firmTaken || !this.queue.isExpendable();
	}

	/** A message was dropped. Guarded by this, which who adds holds. */
	@Override
	public void accept(Expendable rule) {
		this.drops = Drops.count(this.drops, rule, this.listener);
	}

	private void overflown() {
		synchronized (this) {
			if (this.state != State.OVERFLOWN) {
				return;
			}
			this.state = State.CLOSED;
		}
		this.listener.overflown();
	}

	private @Nullable Flusher ready() {
		return (this.batch != null) ? this.batch.ready() : this.serial;
	}

	/** Have what is queued written, by whomever it concerns. */
	private void flush() {
		Flusher flusher = ready();
		if (flusher != null) {
			flusher.wake();
		}
	}

	@Override
	public synchronized boolean fill(ByteBuffer to) {
		// It is asked for more only when the network has taken what was fetched before.
		this.firmTaken = false;
		while (!isQuiet()) {
			WireFrame first = this.queue.peek();
			if (first == null) {
				return false;
			}
			byte[] block = first.block();
			if (block.length > to.remaining()) {
				return true;
			}
			this.queue.poll();
			taken(first);
			to.put(block);
		}
		return false;
	}

	@Override
	public synchronized @Nullable WireFrame next() {
		if (this.serial != null) {
			this.firmTaken = false;
		}
		WireFrame first = isQuiet() ? null : this.queue.poll();
		if (first != null) {
			taken(first);
		}
		return first;
	}

	/** Guarded by this. */
	private void taken(WireFrame frame) {
		this.firmTaken |= frame.expendable() == null;
		Queue<ConnectReply> replies = this.connectReplies;
		if (replies == null) {
			return;
		}
		ConnectReply reply = replies.peek();
		if (reply != null && reply.frame() == frame) {
			replies.remove();
			// Before the peer can have read it, so that its answer ends the quiet.
			this.quietFor = reply.namespace();
			this.quietUntil = NOT_YET;
		}
		if (replies.isEmpty()) {
			this.connectReplies = null;
		}
	}

	@Override
	public void drained() {
		if (this.state == State.OPEN && this.quietFor == null) {
			return;
		}
		synchronized (this) {
			if (this.quietFor != null && this.quietUntil == NOT_YET) {
				this.quietUntil = System.nanoTime() + this.settings.connectGap().toNanos();
				// What waits meanwhile needs the timer.
				isQuiet();
			}
			if (this.state != State.CLOSING || !this.queue.isEmpty()) {
				return;
			}
			this.state = State.CLOSED;
		}
		closeSocket();
	}

	@Override
	public void stuck() {
		synchronized (this) {
			if (this.state != State.OPEN || !mayNotWait()) {
				return;
			}
			this.state = State.OVERFLOWN;
			clear();
		}
		overflown();
	}

	@Override
	public void failed(Throwable failure) {
		boolean closing;
		synchronized (this) {
			closing = this.state == State.CLOSING;
			this.state = State.CLOSED;
			clear();
		}
		if (closing) {
			closeSocket();
		}
		this.listener.failed(failure);
	}

	/** Guarded by this. */
	private boolean isQuiet() {
		if (this.quietFor == null) {
			return false;
		}
		if (this.quietUntil == NOT_YET) {
			return true;
		}
		long left = this.quietUntil - System.nanoTime();
		if (left <= 0) {
			this.quietFor = null;
			return false;
		}
		if (!this.quietTimer && !this.queue.isEmpty()) {
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
		// Looked at without the lock first: this is called for every message.
		if (this.quietFor == null) {
			return;
		}
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
		this.connectReplies = null;
	}

	private enum State {

		OPEN, OVERFLOWN, CLOSING, CLOSED

	}

	private record ConnectReply(WireFrame frame, String namespace) {
	}

	/** Is told, without a lock, when the outbox gave up. */
	interface Listener {

		void overflown();

		void failed(Throwable failure);

		void dropped(Expendable rule, int count);

	}

}
