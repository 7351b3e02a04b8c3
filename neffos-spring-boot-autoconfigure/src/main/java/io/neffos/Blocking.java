package io.neffos;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The blocking forms of operations whose futures carry their own deadline. */
final class Blocking {

	private Blocking() {
	}

	static <T> T await(CompletableFuture<T> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NeffosException("Interrupted while waiting for an answer", ex);
		}
		catch (CancellationException ex) {
			throw new NeffosException("Cancelled while waiting for an answer", ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof NeffosException failure) {
				// The stack of the waiting caller is what helps; the other one is the
				// engine's.
				failure.addSuppressed(new NeffosException("Waited here"));
				throw failure;
			}
			throw new NeffosException("The operation failed", (cause != null) ? cause : ex);
		}
	}

}
