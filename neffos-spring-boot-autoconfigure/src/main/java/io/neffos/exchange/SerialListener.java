package io.neffos.exchange;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * For implementations of {@link StackExchange}: calls a listener by one thread at a time,
 * whichever threads of a broker's client enter, tells {@link #available()} and
 * {@link #unavailable} only in turn, survives what the listener throws, and never calls
 * it again once {@link #close()} has returned.
 * <p>
 * A thread that comes while another one is within the listener waits for it. That is
 * meant: nothing is queued in between, so that a flood is held back by the connection it
 * comes from.
 *
 * @since 0.1.0
 */
public final class SerialListener implements ExchangeListener, AutoCloseable {

	private static final Log logger = LogFactory.getLog(SerialListener.class);

	/** For a listener that blocks although it must not: close gives up to wait. */
	private static final long PATIENCE_SECONDS = 5;

	private final ExchangeListener listener;

	private final ReentrantLock turn = new ReentrantLock();

	private volatile State state = State.NEW;

	/**
	 * Create a listener.
	 * @param listener the one to call
	 */
	public SerialListener(ExchangeListener listener) {
		this.listener = listener;
	}

	@Override
	public void received(String channel, byte[] message) {
		call(() -> this.listener.received(channel, message));
	}

	@Override
	public void available() {
		call(() -> {
			if (this.state != State.AVAILABLE) {
				this.state = State.AVAILABLE;
				this.listener.available();
			}
		});
	}

	@Override
	public void unavailable(String reason) {
		call(() -> {
			if (this.state != State.UNAVAILABLE) {
				this.state = State.UNAVAILABLE;
				this.listener.unavailable(reason);
			}
		});
	}

	@Override
	public void lost(int count) {
		call(() -> this.listener.lost(count));
	}

	@Override
	public void overrun(int count) {
		call(() -> this.listener.overrun(count));
	}

	/**
	 * Whether {@link #available()} was told last.
	 * @return {@code false} before, after {@link #unavailable} and when closed
	 */
	public boolean isAvailable() {
		return this.state == State.AVAILABLE;
	}

	/**
	 * Whether {@link #close()} was called.
	 * @return {@code true} if the listener is called no more
	 */
	public boolean isClosed() {
		return this.state == State.CLOSED;
	}

	private void call(Runnable told) {
		this.turn.lock();
		try {
			if (this.state != State.CLOSED) {
				told.run();
			}
		}
		catch (RuntimeException ex) {
			logger.error("The listener of an exchange failed", ex);
		}
		finally {
			this.turn.unlock();
		}
	}

	/** Returns when the listener is not being called any more. */
	@Override
	public void close() {
		boolean interrupted = false;
		boolean mine = false;
		try {
			mine = this.turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		this.state = State.CLOSED;
		if (mine) {
			this.turn.unlock();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private enum State {

		NEW, AVAILABLE, UNAVAILABLE, CLOSED

	}

}
