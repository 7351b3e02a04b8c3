package io.neffos.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
		CompletableFuture<Frame> result = new CompletableFuture<>();
		AskFuture future = new AskFuture(result.thenApply((answer) -> Incoming.reply(this.conn, answer)),
				this.host.executor());
		ask(timeout, message.event(), (token) -> Outgoing.encode(message, token, this.host.codec()), result);
		return future;
	}

	/**
	 * Ask for a connect, join, leave or disconnect.
	 * @param answered called on the reading thread before anything that comes behind the
	 * answer is read, without a failure if the peer agrees
	 */
	void request(String event, EngineNSConn ns, String room, Duration timeout, Consumer<@Nullable Throwable> answered) {
		CompletableFuture<Frame> result = new CompletableFuture<>();
		result.whenComplete((answer, failure) -> answered.accept(failure));
		ask(timeout, event, (token) -> Outgoing.encode(Frame.request(token, ns.namespace(), room, event)), result);
	}

	/**
	 * Ask.
	 * @param result completes without a wrapper around failures; what is attached to it
	 * already sees the answer before the peer can say more
	 */
	private void ask(Duration timeout, String event, Function<String, WireFrame> encoder,
			CompletableFuture<Frame> result) {
		String token = this.host.tokens().next();
		try {
			WireFrame frame = encoder.apply(token);
			CompletableFuture<Frame> reply = new CompletableFuture<>();
			this.pending.register(token, reply, WriteClosedException::new);
			this.conn.intake().asking();
			Future<?> deadline = this.host.timer().schedule(() -> {
				if (this.pending.remove(token) != null) {
					reply.completeExceptionally(new AskTimeoutException("No answer to " + event + " from connection "
							+ this.conn.id() + " within " + timeout.toMillis() + " ms"));
				}
			}, timeout.toNanos(), TimeUnit.NANOSECONDS);
			reply.whenComplete((answer, failure) -> {
				deadline.cancel(false);
				this.conn.intake().asked();
				settle(result, answer, failure);
			});
			if (!this.conn.send(frame)) {
				this.pending.remove(token);
				reply.completeExceptionally(new WriteClosedException("The connection is closed"));
			}
		}
		catch (RuntimeException ex) {
			this.pending.remove(token);
			result.completeExceptionally(ex);
		}
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
