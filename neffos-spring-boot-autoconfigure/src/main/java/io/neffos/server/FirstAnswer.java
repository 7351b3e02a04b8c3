package io.neffos.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Message;
import io.neffos.RefusedException;
import io.neffos.WriteClosedException;
import org.jspecify.annotations.Nullable;

/**
 * An ask of connections here and elsewhere: the first answer counts, from wherever it
 * comes, an error of a client included. That there was nobody to ask, or that there was
 * no answer in time, counts only when it is so on both sides.
 */
final class FirstAnswer {

	private FirstAnswer() {
	}

	static CompletableFuture<Message> of(CompletableFuture<Message> here, CompletableFuture<Message> elsewhere) {
		CompletableFuture<Message> result = new CompletableFuture<>();
		AtomicBoolean one = new AtomicBoolean();
		here.whenComplete((answer, failure) -> settle(result, answer, cause(failure), one, elsewhere));
		elsewhere.whenComplete((answer, failure) -> settle(result, answer, cause(failure), one, here));
		// Whoever else was asked is not waited for any more.
		result.whenComplete((answer, failure) -> {
			here.cancel(false);
			elsewhere.cancel(false);
		});
		return result;
	}

	private static void settle(CompletableFuture<Message> result, @Nullable Message answer, @Nullable Throwable failure,
			AtomicBoolean one, CompletableFuture<Message> other) {
		if (failure == null) {
			result.complete(answer);
		}
		else if (failure instanceof RefusedException || failure instanceof BadNamespaceException
				|| failure instanceof BadRoomException) {
			result.completeExceptionally(failure);
		}
		else if (!one.compareAndSet(false, true)) {
			// Both have failed; that nobody was there says least.
			Throwable second = (failure instanceof WriteClosedException) ? failureOf(other) : null;
			result.completeExceptionally((second != null) ? second : failure);
		}
	}

	private static @Nullable Throwable failureOf(CompletableFuture<Message> future) {
		return future.handle((answer, failure) -> cause(failure)).getNow(null);
	}

	private static @Nullable Throwable cause(@Nullable Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
