package io.neffos.exchange.nats;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.nats.client.MessageHandler;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.SerialListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the connection: tells the broker what is wanted, asks it whether it has
 * heard, notices when it does not answer any more, and finds it again. One thread, which
 * is the only one that waits.
 */
final class Caretaker implements Runnable {

	private static final Log logger = LogFactory.getLog(Caretaker.class);

	/** So often the broker is asked whether it is there, when there is nothing else. */
	private static final long PULSE_MILLIS = 1_000;

	private static final long FIRST_PAUSE_MILLIS = 100;

	private static final long LONGEST_PAUSE_MILLIS = 5_000;

	private static final long CLOSE_SECONDS = 5;

	private final NatsSettings settings;

	private final Channels channels;

	private final SerialListener listener;

	private final Connector connector;

	private final MessageHandler handler;

	private final Semaphore signal = new Semaphore(0);

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean closed;

	private volatile @Nullable Thread runner;

	/** The connection that is in use: with all that is wanted subscribed. */
	private volatile @Nullable Link link;

	/** The one before, with which a publisher may still be busy. */
	private @Nullable Link previous;

	private long pause = FIRST_PAUSE_MILLIS;

	Caretaker(NatsSettings settings, Channels channels, SerialListener listener, MessageHandler handler) {
		this.settings = settings;
		this.channels = channels;
		this.listener = listener;
		this.handler = handler;
		this.connector = new Connector(settings);
	}

	@Nullable Link link() {
		return this.link;
	}

	void wake() {
		if (this.signal.availablePermits() == 0) {
			this.signal.release();
		}
	}

	/** Connect in the thread of the caller, once. */
	void connectFirst() {
		try {
			connect();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ExchangeException("Interrupted while connecting to NATS at " + this.settings.addresses(), ex);
		}
	}

	@Override
	public void run() {
		this.runner = Thread.currentThread();
		try {
			while (!this.closed) {
				Link current = this.link;
				if (current == null) {
					comeBack();
				}
				else if (!canServe(current)) {
					lose(current);
				}
			}
		}
		catch (InterruptedException ex) {
			// Only to close.
		}
		finally {
			this.ended.countDown();
		}
	}

	private void connect() throws InterruptedException {
		Link next = this.connector.connect(this.handler, this::wake);
		boolean settled = false;
		try {
			Channels.Round all = this.channels.open();
			next.apply(all);
			settled = !this.closed && next.settle(this.settings.answerTimeout()) == Link.Answer.DONE;
			if (settled) {
				this.link = next;
				this.channels.confirm(all, next.takeRefused());
			}
		}
		catch (IllegalStateException ex) {
			logger.debug("The connection has ended at once", ex);
		}
		finally {
			if (!settled) {
				this.channels.close("The broker is not available");
				next.drop();
			}
		}
		if (!settled) {
			throw new ExchangeException("NATS at %s does not answer".formatted(this.settings.addresses()));
		}
		this.listener.available();
	}

	/** Try once, after a pause that grows and is not the same for all servers. */
	private void comeBack() throws InterruptedException {
		long until = System.nanoTime()
				+ TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(this.pause / 2, this.pause + 1));
		this.pause = Math.min(LONGEST_PAUSE_MILLIS, this.pause * 2);
		for (long left = until - System.nanoTime(); left > 0 && !this.closed; left = until - System.nanoTime()) {
			boolean woken = this.signal.tryAcquire(left, TimeUnit.NANOSECONDS);
			if (woken && logger.isTraceEnabled()) {
				logger.trace("Woken while the broker is away");
			}
		}
		reportLost();
		if (this.closed) {
			return;
		}
		try {
			connect();
			this.pause = FIRST_PAUSE_MILLIS;
		}
		catch (ExchangeException ex) {
			if (logger.isDebugEnabled()) {
				logger.debug("The broker is still away. " + ex.getMessage());
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The broker could not be reached, because the client failed", ex);
		}
	}

	private boolean canServe(Link current) throws InterruptedException {
		try {
			return serve(current);
		}
		catch (IllegalStateException ex) {
			logger.debug("The connection ended while it was used", ex);
			return false;
		}
	}

	/**
	 * Do what is to be done, once.
	 * @return {@code false} if the broker is away
	 */
	private boolean serve(Link current) throws InterruptedException {
		boolean woken = this.signal.tryAcquire(PULSE_MILLIS, TimeUnit.MILLISECONDS);
		if (current.isOver()) {
			return false;
		}
		Channels.Round round = this.channels.changes();
		current.apply(round);
		if (!woken || !round.more().isEmpty() || current.isFilling()) {
			switch (current.settle(this.settings.answerTimeout())) {
				case DONE -> this.channels.confirm(round, current.takeRefused());
				case LATE -> {
					this.channels.postpone(round);
					wake();
				}
				case NONE -> {
					return false;
				}
			}
		}
		report(current);
		return true;
	}

	private void lose(Link gone) throws InterruptedException {
		String error = gone.lastError();
		String reason = !gone.isOver() ? "NATS does not answer"
				: "the connection to NATS has ended" + ((error != null) ? ": " + error : "");
		gone.end();
		this.link = null;
		this.channels.close("The broker is not available");
		this.listener.unavailable(reason);
		gone.drop();
		this.previous = gone;
		report(gone);
	}

	private void reportLost() {
		int lost = (this.previous != null) ? this.previous.takeLost() : 0;
		if (lost > 0) {
			this.listener.lost(lost);
		}
	}

	private void report(Link source) {
		reportLost();
		int denied = source.takeDenied();
		if (denied > 0) {
			this.listener.lost(denied);
		}
		int overrun = source.takeOverrun();
		if (overrun > 0) {
			this.listener.overrun(overrun);
		}
	}

	/** Send what waits, as long as it takes no longer than the broker may to answer. */
	void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		wake();
		Thread thread = this.runner;
		try {
			if (thread != null && thread != Thread.currentThread()) {
				thread.interrupt();
				if (!this.ended.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
					logger.warn("What looks after the connection to NATS has not ended in time");
				}
			}
			leave();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.listener.close();
			this.channels.close("The exchange is closed");
		}
	}

	private void leave() throws InterruptedException {
		Link last = this.link;
		if (last == null) {
			return;
		}
		boolean settled = last.settle(this.settings.answerTimeout()) == Link.Answer.DONE;
		this.link = null;
		if (settled) {
			last.close();
			return;
		}
		last.drop();
		this.previous = last;
		reportLost();
	}

}
