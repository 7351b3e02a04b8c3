package io.neffos.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.neffos.AskTimeoutException;
import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.WriteClosedException;
import io.neffos.engine.EngineConn;
import io.neffos.protocol.WaitToken;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The client: dials, notices that a connection is lost, and dials again. Its state is
 * guarded by itself; nothing of others is called under the lock.
 */
final class DefaultNeffosClient implements NeffosClient {

	private static final Log logger = LogFactory.getLog(DefaultNeffosClient.class);

	/** A connection that lasts so long lets the next outage begin with a short delay. */
	private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

	/** Close codes by which a server says: do not come back. */
	private static final int FIRST_FINAL_CODE = 4000;

	private static final int LAST_FINAL_CODE = 4099;

	private final ClientParts parts;

	private final ClientHost host;

	private final Listeners listeners;

	private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

	/** The connection that was acknowledged last. */
	private volatile @Nullable EngineConn current;

	private volatile State state = State.RECONNECTING;

	/** Guarded by this: the handlers of the end of {@link #current} have not run yet. */
	private boolean live;

	/** Guarded by this: what is not acknowledged yet. */
	private @Nullable EngineConn greeting;

	/** Guarded by this: from a loss until everything is restored. */
	private @Nullable Outage outage;

	/** Guarded by this: attempts since there was a stable connection. */
	private int unstable;

	/** Guarded by this. */
	private long openedAt;

	/** Guarded by this. */
	private boolean finished;

	DefaultNeffosClient(ClientParts parts) {
		this.parts = parts;
		this.host = new ClientHost(this, parts, WaitToken.clientIssuer());
		this.listeners = new Listeners(parts.listeners(), parts.handlers());
	}

	/** Connect for the first time. Fails at once when that fails. */
	CompletableFuture<NeffosClient> dial() {
		CompletableFuture<NeffosClient> result = new CompletableFuture<>();
		CompletableFuture<EngineConn> opened = new CompletableFuture<>();
		Future<?> deadline = this.parts.timer()
			.schedule(
					() -> opened.completeExceptionally(new AskTimeoutException("Not connected to "
							+ this.parts.address() + " within " + this.parts.dialTimeout().toMillis() + " ms")),
					this.parts.dialTimeout().toNanos(), TimeUnit.NANOSECONDS);
		opened.whenComplete((conn, failure) -> {
			deadline.cancel(false);
			if (failure != null) {
				close();
				this.listeners.run(() -> result.completeExceptionally(toException(failure)));
			}
			else {
				this.listeners.tell((listener) -> listener.onConnected(this));
				this.listeners.run(() -> result.complete(this));
			}
		});
		execute(() -> forward(open(this.parts.request(0)), opened), opened::completeExceptionally);
		return result;
	}

	private static void forward(CompletableFuture<EngineConn> from, CompletableFuture<EngineConn> to) {
		from.whenComplete((conn, failure) -> {
			if (failure != null) {
				to.completeExceptionally(unwrap(failure));
			}
			else {
				to.complete(conn);
			}
		});
	}

	/** Run what calls code of the application, and whatever it throws is a failure. */
	private void execute(Runnable task, Consumer<Throwable> onFailure) {
		try {
			this.parts.handlers().execute(() -> {
				try {
					task.run();
				}
				catch (Throwable ex) {
					onFailure.accept(ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			onFailure.accept(ex);
		}
	}

	/** Open a socket and be acknowledged on it. */
	private CompletableFuture<EngineConn> open(DialRequest request) {
		return this.parts.dialer().dial(request).thenCompose((socket) -> greet(socket, request));
	}

	private CompletableFuture<EngineConn> greet(DialedSocket socket, DialRequest request) {
		HandshakeInfo handshake = new HandshakeInfo(request.uri(), request.headers(), null, null, socket.subprotocol());
		EngineConn conn = new EngineConn(this.host, socket, handshake, "");
		// Attached before the connection opens, so that its end cannot come first.
		CompletableFuture<EngineConn> result = conn.acknowledgement().thenApply((done) -> adopt(conn));
		synchronized (this) {
			if (this.state != State.CLOSED) {
				this.greeting = conn;
			}
		}
		try {
			if (this.state == State.CLOSED) {
				throw new WriteClosedException("The client was closed");
			}
			socket.start(conn.open());
		}
		catch (RuntimeException ex) {
			// Also when the client closes just now: its timer ends with it.
			socket.close(new CloseReason(CloseReason.GOING_AWAY, ""));
			throw ex;
		}
		return result;
	}

	/** A connection was acknowledged. In its mailbox. */
	private EngineConn adopt(EngineConn conn) {
		boolean tooLate;
		synchronized (this) {
			tooLate = this.state == State.CLOSED;
			this.greeting = null;
			if (!tooLate) {
				this.current = conn;
				this.live = true;
				this.openedAt = System.nanoTime();
				if (this.outage == null) {
					this.state = State.CONNECTED;
				}
			}
		}
		if (tooLate) {
			conn.close();
			throw new WriteClosedException("The client was closed");
		}
		return conn;
	}

	/** A connection can no longer be used; its namespaces and rooms are still known. */
	void unreachable(EngineConn conn) {
		Session session = conn.host().namespaces().isNativeOnly() ? Session.EMPTY : Session.of(conn);
		synchronized (this) {
			if (conn != this.current || this.state == State.CLOSED) {
				return;
			}
			this.state = State.RECONNECTING;
			if (this.outage == null) {
				this.outage = new Outage(session);
			}
			else {
				this.outage.session(this.outage.session().and(session));
			}
		}
	}

	/** A connection has ended and its handlers have run. In its mailbox. */
	void ended(EngineConn conn, CloseReason reason, CloseCause cause) {
		Outage lost;
		synchronized (this) {
			if (conn != this.current) {
				return;
			}
			this.live = false;
			lost = isFinal(reason, cause) ? null : this.outage;
			if (lost != null) {
				lost.lost(reason);
				lost.failure(null);
				if (System.nanoTime() - this.openedAt > STABLE_NANOS) {
					this.unstable = 0;
				}
			}
		}
		if (lost != null) {
			prepare(lost);
		}
		else {
			finish(reason, null);
		}
	}

	/** Guarded by this. */
	private boolean isFinal(CloseReason reason, CloseCause cause) {
		return this.state == State.CLOSED || !this.parts.reconnect().enabled() || cause == CloseCause.APPLICATION
				|| (cause == CloseCause.PEER && reason.code() >= FIRST_FINAL_CODE && reason.code() <= LAST_FINAL_CODE);
	}

	/** Set the alarm for the next attempt, or give up. */
	private void prepare(Outage lost) {
		ReconnectPolicy policy = this.parts.reconnect();
		boolean past;
		Reconnecting event = null;
		synchronized (this) {
			if (this.state == State.CLOSED) {
				return;
			}
			past = policy.isPast(lost.tries() + 1, lost.duration());
			if (!past) {
				int attempt = lost.nextTry();
				this.unstable++;
				Duration delay = policy.delay(this.unstable);
				event = new Reconnecting(this, attempt, delay, lost.lost(), lost.failure());
				past = !setAlarm(lost, delay);
			}
		}
		if (past) {
			giveUp(lost);
		}
		else if (event != null) {
			Reconnecting told = event;
			this.listeners.tell((listener) -> listener.onReconnecting(told));
		}
	}

	/**
	 * Guarded by this.
	 * @return {@code false} if the application has shut down its timer, so that nobody
	 * will come back
	 */
	private boolean setAlarm(Outage lost, Duration delay) {
		try {
			lost.alarm(this.parts.timer()
				.schedule(() -> execute(() -> attempt(lost), (failure) -> failed(lost, failure)), delay.toNanos(),
						TimeUnit.NANOSECONDS));
			return true;
		}
		catch (RejectedExecutionException ex) {
			lost.failure(toException(ex));
			return false;
		}
	}

	/** See whether the server is there, then dial and restore. */
	private void attempt(Outage lost) {
		DialRequest request = this.parts.request(lost.tries());
		this.parts.dialer().probe(request).thenCompose((there) -> open(request)).whenComplete((conn, failure) -> {
			if (failure != null) {
				failed(lost, unwrap(failure));
			}
			else {
				restore(lost, conn);
			}
		});
	}

	private void failed(Outage lost, Throwable failure) {
		if (logger.isDebugEnabled()) {
			logger
				.debug("Attempt " + lost.tries() + " to come back to " + this.parts.address() + " failed: " + failure);
		}
		synchronized (this) {
			lost.failure(toException(failure));
		}
		if (isRefusal(failure) && !this.parts.reconnect().retryRefused()) {
			giveUp(lost);
		}
		else {
			prepare(lost);
		}
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof RefusedException
				|| (failure instanceof DialException answer && (answer.status() == 401 || answer.status() == 403));
	}

	private void giveUp(Outage lost) {
		synchronized (this) {
			if (this.state == State.CLOSED) {
				return;
			}
			this.state = State.CLOSED;
		}
		logger.warn("Gave up coming back to " + this.parts.address() + " after " + lost.tries() + " attempts"
				+ ((lost.failure() != null) ? ": " + lost.failure().getMessage() : ""));
		finish(lost.lost(), lost.failure());
	}

	private void restore(Outage lost, EngineConn conn) {
		Restoration restoration = new Restoration(conn);
		restoration.run(lost.session()).whenComplete((done, never) -> {
			if (drain(lost, conn, restoration)) {
				Reconnected event = new Reconnected(this, conn, lost.tries(), restoration.restored(),
						restoration.refused(), lost.undelivered());
				this.listeners.tell((listener) -> listener.onReconnected(event));
			}
		});
	}

	/**
	 * Send what was kept, then let others send.
	 * @return {@code false} if the connection was lost again
	 */
	private boolean drain(Outage lost, EngineConn conn, Restoration restoration) {
		while (true) {
			Message message;
			synchronized (this) {
				if (conn.isClosed() || this.state == State.CLOSED) {
					// What the server refused is not asked for again.
					for (Reconnected.Refused refused : restoration.refused()) {
						if (!(refused.reason() instanceof WriteClosedException)) {
							lost.session(lost.session().without(refused.place()));
						}
					}
					return false;
				}
				message = lost.kept().poll();
				if (message == null) {
					this.outage = null;
					this.state = State.CONNECTED;
					return true;
				}
			}
			if (!writeSafely(conn, message)) {
				synchronized (this) {
					if (conn.isClosed()) {
						lost.kept().addFirst(message);
					}
					else {
						lost.undelivered().add(message);
					}
				}
			}
		}
	}

	private static boolean writeSafely(EngineConn conn, Message message) {
		try {
			return conn.write(message);
		}
		catch (RuntimeException ex) {
			// Its body cannot be written; the one who sent it is long gone.
			logger.warn("A message that was kept cannot be sent [namespace=" + message.namespace() + ", event="
					+ message.event() + "]", ex);
			return false;
		}
	}

	@Override
	public boolean write(Message message) {
		EngineConn conn = this.current;
		if (this.state == State.CONNECTED && conn != null) {
			if (conn.write(message)) {
				return true;
			}
			if (!conn.isClosed()) {
				return false;
			}
		}
		return keep(message);
	}

	private synchronized boolean keep(Message message) {
		Outage lost = this.outage;
		if (lost == null || this.state != State.RECONNECTING || lost.kept().size() >= this.parts.buffer()) {
			return false;
		}
		return lost.kept().offer(message);
	}

	@Override
	public Conn conn() {
		EngineConn conn = this.current;
		if (conn == null) {
			throw new WriteClosedException("The client was never connected");
		}
		return conn;
	}

	@Override
	public State state() {
		return this.state;
	}

	@Override
	public void close() {
		EngineConn open;
		EngineConn unacknowledged;
		CloseReason lost;
		synchronized (this) {
			if (this.state == State.CLOSED) {
				return;
			}
			this.state = State.CLOSED;
			open = this.live ? this.current : null;
			unacknowledged = this.greeting;
			lost = new CloseReason(CloseReason.NORMAL, "");
			if (this.outage != null) {
				this.outage.cancel();
			}
		}
		if (unacknowledged != null) {
			unacknowledged.close();
		}
		if (open != null) {
			open.close();
		}
		else {
			finish(lost, null);
		}
	}

	/** Over for good. */
	private void finish(CloseReason reason, @Nullable Throwable failure) {
		List<Message> undelivered = new ArrayList<>();
		synchronized (this) {
			if (this.finished) {
				return;
			}
			this.finished = true;
			this.state = State.CLOSED;
			if (this.outage != null) {
				this.outage.cancel();
				undelivered.addAll(this.outage.undelivered());
				undelivered.addAll(this.outage.kept());
				this.outage = null;
			}
		}
		if (this.current != null) {
			ClientClosed event = new ClientClosed(this, reason, failure, undelivered);
			this.listeners.tell((listener) -> listener.onClosed(event));
		}
		this.listeners.run(() -> {
			this.closed.complete(reason);
			this.parts.release().run();
		});
	}

	@Override
	public CompletableFuture<CloseReason> closed() {
		return this.closed.copy();
	}

	private NeffosException toException(Throwable failure) {
		Throwable cause = unwrap(failure);
		return (cause instanceof NeffosException known) ? known
				: new NeffosException("Cannot connect to " + this.parts.address() + ": " + cause.getMessage(), cause);
	}

	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	@Override
	public String toString() {
		return "NeffosClient[" + this.parts.address() + ", " + this.state + "]";
	}

}
