package io.neffos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.WriteClosedException;
import io.neffos.engine.EngineConn;
import io.neffos.protocol.WaitToken;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialRequest;
import org.jspecify.annotations.Nullable;

/**
 * The client: which connection it uses, what it is doing, and how it ends. Its state is
 * guarded by itself; nothing of others is called under the lock.
 */
final class DefaultNeffosClient implements NeffosClient {

	/** A connection that lasts so long lets the next outage begin with a short delay. */
	private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

	/** Close codes by which a server says: do not come back. */
	private static final int FIRST_FINAL_CODE = 4000;

	private static final int LAST_FINAL_CODE = 4099;

	private final ClientParts parts;

	private final Listeners listeners;

	private final Opening opening;

	private final Reconnection reconnection;

	private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

	/** The connection that was acknowledged last. */
	private volatile @Nullable EngineConn current;

	private volatile State state = State.RECONNECTING;

	/** Listeners have heard of this client, so they hear of its end. */
	private volatile boolean announced;

	/** Guarded by this: the handlers of the end of {@link #current} have not run yet. */
	private boolean live;

	/** Guarded by this: from a loss until everything is restored. */
	private @Nullable Outage outage;

	/** Guarded by this. */
	private long openedAt;

	/** Guarded by this. */
	private boolean finished;

	DefaultNeffosClient(ClientParts parts) {
		this.parts = parts;
		this.listeners = new Listeners(parts.listeners(), parts.handlers());
		this.opening = new Opening(parts, new ClientHost(this, parts, WaitToken.clientIssuer()));
		this.reconnection = new Reconnection(this, parts);
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
				this.listeners.run(() -> result.completeExceptionally(this.parts.toException(failure)));
			}
			else {
				this.announced = true;
				this.listeners.tell((listener) -> listener.onConnected(this));
				this.listeners.run(() -> result.complete(this));
			}
		});
		this.parts.execute(() -> forward(open(this.parts.request(0)), opened), opened::completeExceptionally);
		return result;
	}

	private static void forward(CompletableFuture<EngineConn> from, CompletableFuture<EngineConn> to) {
		from.whenComplete((conn, failure) -> {
			if (failure != null) {
				to.completeExceptionally(ClientParts.unwrap(failure));
			}
			else {
				to.complete(conn);
			}
		});
	}

	/** Open a connection and take it for the one in use. */
	CompletableFuture<EngineConn> open(DialRequest request) {
		return this.opening.open(request, this::adopt);
	}

	/** A connection was acknowledged. In its mailbox. */
	private void adopt(EngineConn conn) {
		synchronized (this) {
			if (this.state != State.CLOSED) {
				this.current = conn;
				this.live = true;
				this.openedAt = System.nanoTime();
				if (this.outage == null) {
					this.state = State.CONNECTED;
				}
				return;
			}
		}
		conn.close();
		throw new WriteClosedException("The client was closed");
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
					this.reconnection.wasStable();
				}
			}
		}
		if (lost != null) {
			this.reconnection.prepare(lost);
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

	/** Everything is restored. Guarded by this. */
	void restored() {
		this.outage = null;
		this.state = State.CONNECTED;
	}

	Listeners listeners() {
		return this.listeners;
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
		synchronized (this) {
			if (this.state == State.CLOSED) {
				return;
			}
			this.state = State.CLOSED;
			open = this.live ? this.current : null;
			if (this.outage != null) {
				this.outage.cancel();
			}
		}
		this.opening.close();
		if (open != null) {
			open.close();
		}
		else {
			finish(new CloseReason(CloseReason.NORMAL, ""), null);
		}
	}

	/** Over for good. */
	void finish(CloseReason reason, @Nullable Throwable failure) {
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
		this.opening.close();
		if (this.announced) {
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

	@Override
	public String toString() {
		return "NeffosClient[" + this.parts.address() + ", " + this.state + "]";
	}

}
