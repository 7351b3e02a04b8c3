package io.neffos.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.neffos.NeffosException;
import io.neffos.WriteClosedException;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The asks of one connection that wait for an answer, by token. Entered by any thread;
 * futures complete outside the lock.
 */
final class PendingReplies {

	private final int limit;

	/** Guarded by this; {@code null} while nothing waits, which is most of the time. */
	private @Nullable Map<String, CompletableFuture<Frame>> waiting;

	/** Guarded by this. */
	private boolean closed;

	PendingReplies(int limit) {
		this.limit = limit;
	}

	/**
	 * Register an ask.
	 * @throws WriteClosedException if the connection has closed
	 * @throws NeffosException if too many asks wait
	 */
	void register(String token, CompletableFuture<Frame> reply, Function<String, WriteClosedException> onClosed) {
		synchronized (this) {
			if (this.closed) {
				throw onClosed.apply("The connection is closed");
			}
			if (this.waiting == null) {
				this.waiting = new HashMap<>(4);
			}
			if (this.waiting.size() >= this.limit) {
				throw new NeffosException(ErrorTexts.TOO_MANY_ASKS + ": " + this.limit + " wait for this connection");
			}
			this.waiting.put(token, reply);
		}
	}

	@Nullable CompletableFuture<Frame> remove(String token) {
		synchronized (this) {
			if (this.waiting == null) {
				return null;
			}
			CompletableFuture<Frame> reply = this.waiting.remove(token);
			if (this.waiting.isEmpty()) {
				this.waiting = null;
			}
			return reply;
		}
	}

	boolean complete(String token, Frame answer) {
		CompletableFuture<Frame> reply = remove(token);
		return reply != null && reply.complete(answer);
	}

	void close(Function<String, WriteClosedException> onClosed) {
		List<CompletableFuture<Frame>> left;
		synchronized (this) {
			this.closed = true;
			left = (this.waiting != null) ? new ArrayList<>(this.waiting.values()) : List.of();
			this.waiting = null;
		}
		for (CompletableFuture<Frame> reply : left) {
			reply.completeExceptionally(onClosed.apply("The connection closed before an answer arrived"));
		}
	}

	int size() {
		synchronized (this) {
			return (this.waiting != null) ? this.waiting.size() : 0;
		}
	}

}
