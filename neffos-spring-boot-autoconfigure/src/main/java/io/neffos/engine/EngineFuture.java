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
 * A future of an operation on a connection, on which a handler of the same connection may
 * wait: its thread then runs what the mailbox would have to run for the operation to end.
 * So do the futures derived from it.
 */
final class EngineFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private final EngineConn conn;

	EngineFuture(EngineConn conn) {
		this.conn = conn;
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new EngineFuture<>(this.conn);
	}

	@Override
	public Executor defaultExecutor() {
		return this.conn.host().executor();
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		if (mustHelp()) {
			try {
				help(0, true);
			}
			catch (TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		if (mustHelp()) {
			help(unit.toNanos(timeout), false);
		}
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		if (mustHelp()) {
			try {
				help(0, true);
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

	private boolean mustHelp() {
		return !isDone() && this.conn.isHandling();
	}

	private void help(long nanos, boolean forever) throws InterruptedException, TimeoutException {
		Thread waiting = Thread.currentThread();
		whenComplete((value, failure) -> LockSupport.unpark(waiting));
		this.conn.mailbox().help(this, nanos, forever);
	}

}
