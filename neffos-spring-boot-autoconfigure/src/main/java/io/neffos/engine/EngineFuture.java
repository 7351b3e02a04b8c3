package io.neffos.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A future on which handlers may wait: the thread of a handler then runs what its own
 * mailbox would have to run for the wait to end. So do the futures derived from it.
 */
final class EngineFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private final Executor executor;

	private final @Nullable EngineConn conn;

	EngineFuture(Executor executor, @Nullable EngineConn conn) {
		this.executor = executor;
		this.conn = conn;
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new EngineFuture<>(this.executor, this.conn);
	}

	@Override
	public Executor defaultExecutor() {
		return this.executor;
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		Mailbox mailbox = waiting();
		if (mailbox != null) {
			try {
				help(mailbox, 0, true);
			}
			catch (TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		Mailbox mailbox = waiting();
		if (mailbox != null) {
			help(mailbox, unit.toNanos(timeout), false);
		}
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		Mailbox mailbox = waiting();
		if (mailbox != null) {
			try {
				help(mailbox, 0, true);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new CompletionException(new CancellationException("Interrupted"));
			}
			catch (TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return super.join();
	}

	/** The mailbox that would stand still during the wait. */
	private @Nullable Mailbox waiting() {
		if (isDone()) {
			return null;
		}
		if (this.conn != null) {
			this.conn.beforeWait();
		}
		return Mailbox.current();
	}

	private void help(Mailbox mailbox, long nanos, boolean forever) throws InterruptedException, TimeoutException {
		Thread waiting = Thread.currentThread();
		whenComplete((value, failure) -> LockSupport.unpark(waiting));
		mailbox.help(this, nanos, forever);
	}

}
