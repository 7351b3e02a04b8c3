package io.neffos.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.neffos.AskTimeoutException;
import io.neffos.Message;
import org.jspecify.annotations.Nullable;

/**
 * The future of an ask as the application sees it. Functions attached to it run on the
 * executor, never on the thread that reads the socket; who waits for it is woken by the
 * answer itself, so that waiting needs no second thread. A handler may also wait for what
 * is derived from it.
 */
public final class AskFuture extends CompletableFuture<Message> {

	private final CompletableFuture<Message> answer;

	private final Executor executor;

	/**
	 * Create the future.
	 * @param answer the answer, completed by whoever has it
	 * @param executor what runs the functions attached
	 */
	public AskFuture(CompletableFuture<Message> answer, Executor executor) {
		this.answer = answer;
		this.executor = executor;
		answer.whenComplete(this::settle);
	}

	private void settle(@Nullable Message message, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		Runnable completion = () -> {
			if (cause != null) {
				completeExceptionally(cause);
			}
			else {
				complete(message);
			}
		};
		if (cause instanceof AskTimeoutException) {
			// An executor whose threads all wait for answers must not keep timeouts from
			// them.
			completion.run();
			return;
		}
		try {
			this.executor.execute(completion);
		}
		catch (RejectedExecutionException ex) {
			completion.run();
		}
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new EngineFuture<>(this.executor, null);
	}

	@Override
	public Executor defaultExecutor() {
		return this.executor;
	}

	@Override
	public Message get() throws InterruptedException, ExecutionException {
		return isDone() ? super.get() : this.answer.get();
	}

	@Override
	public Message get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		return isDone() ? super.get(timeout, unit) : this.answer.get(timeout, unit);
	}

	@Override
	public Message join() {
		return isDone() ? super.join() : this.answer.join();
	}

}
