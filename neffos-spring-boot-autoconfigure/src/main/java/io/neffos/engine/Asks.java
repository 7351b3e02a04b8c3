package io.neffos.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Message;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.WriteClosedException;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * What this side asks of the peer of one connection. Each ask ends by its answer, its
 * timeout or the end of the connection, and leaves nothing behind.
 */
final class Asks {

	private final EngineConn conn;

	private final ConnHost host;

	private final PendingReplies pending;

	Asks(EngineConn conn, ConnHost host) {
		this.conn = conn;
		this.host = host;
		this.pending = new PendingReplies(host.settings().maxPendingAsks());
	}

	/** Ask a question of the application. */
	CompletableFuture<Message> ask(Message message, Duration timeout) {
		EngineNSConn ns = this.conn.namespaceManager().get(message.namespace());
		if (ns == null && !this.conn.isClosed()) {
			return CompletableFuture
				.failedFuture(new BadNamespaceException("Namespace '" + message.namespace() + "' is not connected"));
		}
		if (ns != null && !message.room().isEmpty() && ns.room(message.room()) == null) {
			return CompletableFuture.failedFuture(new BadRoomException("Room '" + message.room() + "' is not joined"));
		}
		return new AskFuture(
				ask(timeout, message.event(), (token) -> Outgoing.encode(message, token, this.host.codec()))
					.thenApply((answer) -> Incoming.reply(this.conn, answer)),
				this.host.executor());
	}

	/** Ask for a connect, join, leave or disconnect. */
	CompletableFuture<Frame> request(String event, EngineNSConn ns, String room, Duration timeout) {
		return ask(timeout, event, (token) -> Outgoing.encode(Frame.request(token, ns.namespace(), room, event)));
	}

	private CompletableFuture<Frame> ask(Duration timeout, String event, Function<String, WireFrame> encoder) {
		String token = this.host.tokens().next();
		CompletableFuture<Frame> reply = new CompletableFuture<>();
		try {
			WireFrame frame = encoder.apply(token);
			this.pending.register(token, reply, WriteClosedException::new);
			if (!this.conn.enqueue(frame)) {
				this.pending.remove(token);
				throw new WriteClosedException("The connection is closed");
			}
		}
		catch (RuntimeException ex) {
			reply.completeExceptionally(ex);
			return reply;
		}
		Future<?> deadline = this.host.timer().schedule(() -> {
			if (this.pending.remove(token) != null) {
				reply.completeExceptionally(new AskTimeoutException("No answer to " + event + " from connection "
						+ this.conn.id() + " within " + timeout.toMillis() + " ms"));
			}
		}, timeout.toNanos(), TimeUnit.NANOSECONDS);
		this.conn.flush();
		// Not derived, so that failures arrive without a wrapper.
		CompletableFuture<Frame> result = new CompletableFuture<>();
		reply.whenComplete((answer, failure) -> {
			deadline.cancel(false);
			settle(result, answer, failure);
		});
		return result;
	}

	private static void settle(CompletableFuture<Frame> result, @Nullable Frame answer, @Nullable Throwable failure) {
		if (failure != null) {
			result.completeExceptionally(failure);
		}
		else if (answer != null && answer.error()) {
			result.completeExceptionally(toException(answer));
		}
		else {
			result.complete(answer);
		}
	}

	/** The exception that the error text of an answer stands for. */
	static NeffosException toException(Frame answer) {
		String text = answer.bodyText();
		return switch (text) {
			case ErrorTexts.BAD_NAMESPACE -> new BadNamespaceException(text);
			case ErrorTexts.BAD_ROOM -> new BadRoomException(text);
			case ErrorTexts.WRITE_CLOSED -> new WriteClosedException(text);
			default -> new RefusedException(text);
		};
	}

	/** Take an answer. On the reading thread. */
	boolean answered(Frame frame) {
		return this.pending.complete(frame.waitToken(), frame);
	}

	/** The connection has ended: nobody will answer. */
	void close() {
		this.pending.close(WriteClosedException::new);
	}

}
