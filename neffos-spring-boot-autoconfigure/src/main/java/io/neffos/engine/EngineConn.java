package io.neffos.engine;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.neffos.AskTimeoutException;
import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.WriteClosedException;
import io.neffos.engine.Mailbox.Pause;
import io.neffos.protocol.Ack;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Socket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a server: the entry point of the engine. Owns the state of the
 * connection and hands what arrives to those who know what to do with it.
 */
public final class EngineConn implements Conn {

	private final ConnHost host;

	private final HandshakeInfo handshake;

	private final String id;

	private final Outbox outbox;

	private final Mailbox mailbox;

	private final Handlers handlers;

	private final NamespaceManager namespaces;

	private final Asks asks;

	private final FrameReader reader;

	private final AtomicBoolean closed = new AtomicBoolean();

	/** Rooms over all namespaces. */
	private final AtomicInteger rooms = new AtomicInteger();

	/** Completes with the acknowledgement; fails when the connection closes before it. */
	private final CompletableFuture<@Nullable Void> acknowledged = new CompletableFuture<>();

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private final Attributes attributes = new Attributes();

	/** Written in the mailbox: whether OnConnect let the connection in. */
	private boolean admitted;

	/** Written in the mailbox: the text of a refusal, to be sent when the peer asks. */
	private @Nullable String refusal;

	/**
	 * Create a connection. Nothing happens before {@link #open()}.
	 * @param host what holds it
	 * @param socket what it writes to
	 * @param handshake the request it came with
	 * @param id its id, not empty
	 */
	public EngineConn(ConnHost host, Socket socket, HandshakeInfo handshake, String id) {
		if (id.isEmpty()) {
			throw new IllegalArgumentException("The id of a connection must not be empty");
		}
		this.host = host;
		this.handshake = handshake;
		this.id = id;
		EngineSettings settings = host.settings();
		this.outbox = new Outbox(socket, settings, host.timer(), new OutboxTrouble());
		this.mailbox = new Mailbox(host.executor(), settings.maxInboundQueue(), this::rejected);
		this.handlers = new Handlers(this, host);
		this.namespaces = new NamespaceManager(this);
		this.asks = new Asks(this, host);
		this.reader = new FrameReader(this, host);
	}

	/**
	 * Begin: run {@code OnConnect} and start the clock of the acknowledgement.
	 * @return what the socket tells of what arrives
	 */
	public SocketListener open() {
		this.mailbox.execute(() -> {
			Outcome outcome = this.handlers.connect();
			if (outcome.isRefusal()) {
				this.refusal = outcome.text();
			}
			else {
				this.admitted = true;
			}
			if (this.reader.isNativeOnly()) {
				openNative();
			}
			return null;
		});
		if (!this.reader.isNativeOnly()) {
			Future<?> deadline = this.host.timer()
				.schedule(
						() -> end(CloseCause.HANDSHAKE_TIMEOUT,
								new CloseReason(CloseReason.POLICY_VIOLATION, "no acknowledgement in time"), Rest.DROP),
						this.host.settings().handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
			this.acknowledged.whenComplete((value, failure) -> deadline.cancel(false));
		}
		return this.reader;
	}

	private void openNative() {
		if (this.refusal != null) {
			end(CloseCause.REFUSED, new CloseReason(CloseReason.POLICY_VIOLATION, "refused"), Rest.WRITE);
			return;
		}
		if (isClosed()) {
			return;
		}
		this.host.acknowledged(this);
		this.namespaces.connectNative();
		this.acknowledged.complete(null);
	}

	/** The peer has asked to be acknowledged. In the mailbox, after OnConnect. */
	@Nullable Pause acknowledge() {
		if (isClosed() || this.acknowledged.isDone()) {
			return null;
		}
		if (this.refusal != null) {
			enqueue(new WireFrame(Ack.refused(this.refusal).encode(), false));
			this.outbox.flush();
			end(CloseCause.REFUSED, new CloseReason(CloseReason.POLICY_VIOLATION, "refused"), Rest.WRITE);
			return null;
		}
		// First of all frames, because a client takes whatever comes first for it.
		enqueue(new WireFrame(Ack.accepted(this.id).encode(), false));
		// Listed before the client hears of it, so that who it tells finds it.
		this.host.acknowledged(this);
		this.outbox.flush();
		this.acknowledged.complete(null);
		return null;
	}

	/** Whether the peer was ever let in; stays so after the end. */
	boolean isAcknowledged() {
		return this.acknowledged.isDone() && !this.acknowledged.isCompletedExceptionally();
	}

	/** Run a task in the mailbox once the connection is acknowledged. */
	void whenAcknowledged(Mailbox.Task task, CompletableFuture<?> result) {
		this.acknowledged.whenComplete((value, failure) -> {
			if (failure != null) {
				result.completeExceptionally(new WriteClosedException("The connection is closed"));
			}
			else {
				this.mailbox.executeInline(task);
			}
		});
	}

	/**
	 * End the connection, once: from here on nothing can be sent, asks fail, and the
	 * handlers of the end run after what is in the mailbox.
	 */
	void end(CloseCause cause, CloseReason reason, Rest rest) {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.asks.close();
		this.host.unreachable(this);
		this.acknowledged.completeExceptionally(new WriteClosedException("The connection is closed"));
		if (cause == CloseCause.TOO_FAST || cause == CloseCause.TOO_BIG || cause == CloseCause.PROTOCOL) {
			this.mailbox.discardOffered();
		}
		switch (rest) {
			case WRITE -> this.outbox.closeWhenWritten(reason, this.host.settings().sendTimeout());
			case DROP -> this.outbox.closeNow(reason);
			case SOCKET_GONE -> this.outbox.discard();
		}
		this.mailbox.execute(() -> this.namespaces.closeAll(() -> {
			if (this.admitted) {
				this.handlers.disconnect();
			}
			this.host.ended(this, reason, cause);
			this.ended.complete(null);
			return null;
		}));
	}

	/** The executor refuses work, so this connection cannot be served. */
	private void rejected() {
		end(CloseCause.ERROR, new CloseReason(CloseReason.TRY_AGAIN_LATER, "busy"), Rest.DROP);
		this.mailbox.discardOffered();
	}

	/**
	 * Close with a cause that observers are told.
	 * @param cause who or what ends it
	 * @param code the close code
	 * @param reason the text
	 */
	public void close(CloseCause cause, int code, String reason) {
		end(cause, CloseReason.sendable(code, reason), Rest.WRITE);
	}

	@Override
	public void close(int code, String reason) {
		close(CloseCause.APPLICATION, code, reason);
	}

	/**
	 * The end of the connection.
	 * @return completes when the handlers of its end have run
	 */
	public CompletableFuture<@Nullable Void> ended() {
		return this.ended;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public HandshakeInfo handshake() {
		return this.handshake;
	}

	@Override
	public boolean isClosed() {
		return this.closed.get();
	}

	@Override
	public void set(String key, @Nullable Object value) {
		this.attributes.set(key, value);
	}

	@Override
	public @Nullable Object get(String key) {
		return this.attributes.get(key);
	}

	@Override
	public long increment(String key) {
		return this.attributes.add(key, 1);
	}

	@Override
	public long decrement(String key) {
		return this.attributes.add(key, -1);
	}

	@Override
	public @Nullable NSConn namespace(String namespace) {
		return this.namespaces.get(namespace);
	}

	@Override
	public List<NSConn> namespaces() {
		return List.copyOf(this.namespaces.all());
	}

	@Override
	public NSConn connect(String namespace) {
		// Before anything begins, as the caller will not wait for it.
		beforeWait();
		return Conn.super.connect(namespace);
	}

	@Override
	public NSConn connect(String namespace, Duration timeout) {
		beforeWait();
		return Conn.super.connect(namespace, timeout);
	}

	@Override
	public CompletableFuture<NSConn> connectAsync(String namespace) {
		return connectAsync(namespace, this.host.settings().askTimeout());
	}

	@Override
	public CompletableFuture<NSConn> connectAsync(String namespace, Duration timeout) {
		return this.namespaces.connect(namespace, timeout);
	}

	@Override
	public CompletableFuture<@Nullable Void> disconnectAllAsync() {
		return this.namespaces.disconnectAll();
	}

	@Override
	public boolean write(Message message) {
		if (isClosed()) {
			return false;
		}
		EngineNSConn ns = this.namespaces.get(message.namespace());
		if (ns == null || (!message.room().isEmpty() && ns.room(message.room()) == null)) {
			return false;
		}
		if (!enqueue(Outgoing.encode(message, "", this.host.codec()))) {
			return false;
		}
		this.outbox.flush();
		this.host.observer().sent(message.namespace(), 1);
		return true;
	}

	/** Queue without writing; {@link #flush()} follows, outside any lock. */
	boolean enqueue(WireFrame frame) {
		return this.outbox.add(frame);
	}

	/** Write what is queued. Never blocks; not to be called under a lock. */
	public void flush() {
		this.outbox.flush();
	}

	boolean send(Frame frame) {
		if (!enqueue(Outgoing.encode(frame))) {
			return false;
		}
		this.outbox.flush();
		return true;
	}

	void sendEmptyReply(String token) {
		enqueue(new WireFrame(FrameCodec.emptyReply(token), false));
		this.outbox.flush();
	}

	void sendConnectReply(String token, String namespace) {
		this.outbox.addConnectReply(new WireFrame(FrameCodec.emptyReply(token), false), namespace);
		this.outbox.flush();
	}

	@Override
	public CompletableFuture<Message> askAsync(Message message) {
		return askAsync(message, this.host.settings().askTimeout());
	}

	@Override
	public CompletableFuture<Message> askAsync(Message message, Duration timeout) {
		return this.asks.ask(message, timeout);
	}

	/** Ask for a connect, join, leave or disconnect. */
	CompletableFuture<Frame> request(String event, EngineNSConn ns, String room, Duration timeout) {
		return this.asks.request(event, ns, room, timeout);
	}

	/**
	 * An answer as a message, or the exception it stands for.
	 * @param answer an answer that came on this connection
	 * @param result what is completed with it
	 */
	public void settle(Frame answer, CompletableFuture<Message> result) {
		if (answer.error()) {
			result.completeExceptionally(Asks.toException(answer));
		}
		else {
			result.complete(Incoming.reply(this, answer));
		}
	}

	/**
	 * Called by a thread that is about to wait for this connection.
	 * @throws IllegalStateException if the wait could not end, because what is waited for
	 * comes after the acknowledgement, and that after OnConnect
	 */
	void beforeWait() {
		if (this.mailbox.isOwner() && !this.acknowledged.isDone()) {
			throw new IllegalStateException("A handler of OnConnect cannot wait for its own connection, which is "
					+ "acknowledged only when it has returned: use the ...Async form and do not wait");
		}
	}

	/** Take an answer to an ask of this connection. On the reading thread. */
	boolean answered(Frame frame) {
		return this.asks.answered(frame);
	}

	/** The peer has spoken in a namespace. */
	void peerSpoke(String namespace) {
		this.outbox.peerSpoke(namespace);
	}

	/** Go on with an outcome, in the mailbox, now or when it is there. */
	@Nullable Pause then(CompletableFuture<Outcome> outcome, Function<Outcome, @Nullable Pause> next) {
		if (outcome.isDone()) {
			return next.apply(outcome.join());
		}
		return new Pause(outcome, () -> next.apply(outcome.join()), true);
	}

	/**
	 * Go on after a stage of the engine, in the mailbox, now or when it has completed.
	 */
	@Nullable Pause after(@Nullable CompletionStage<?> stage, Mailbox.Task next) {
		return (stage == null || stage.toCompletableFuture().isDone()) ? next.run() : new Pause(stage, next, false);
	}

	<T extends @Nullable Object> CompletableFuture<T> future() {
		return new EngineFuture<>(this.host.executor(), this);
	}

	void deadline(CompletableFuture<?> result, Duration timeout, String what) {
		Future<?> deadline = this.host.timer()
			.schedule(
					() -> result.completeExceptionally(new AskTimeoutException("No end of the " + what
							+ " on connection " + this.id + " within " + timeout.toMillis() + " ms")),
					timeout.toNanos(), TimeUnit.NANOSECONDS);
		result.whenComplete((value, failure) -> deadline.cancel(false));
	}

	/**
	 * What holds this connection.
	 * @return the host
	 */
	public ConnHost host() {
		return this.host;
	}

	Mailbox mailbox() {
		return this.mailbox;
	}

	Handlers handlers() {
		return this.handlers;
	}

	NamespaceManager namespaceManager() {
		return this.namespaces;
	}

	int roomCount() {
		return this.rooms.get();
	}

	void roomsChanged(int by) {
		this.rooms.addAndGet(by);
	}

	@Override
	public String toString() {
		return "Conn[" + this.id + "]";
	}

	/** What becomes of messages that are queued when the connection ends. */
	enum Rest {

		WRITE, DROP, SOCKET_GONE

	}

	private final class OutboxTrouble implements Outbox.Listener {

		@Override
		public void overflown() {
			EngineConn.this.host.observer().outboxOverflow();
			end(CloseCause.TOO_SLOW, new CloseReason(CloseReason.POLICY_VIOLATION, "too slow"), Rest.DROP);
		}

		@Override
		public void failed(Throwable failure) {
			if (failure instanceof SocketTimeoutException) {
				overflown();
				return;
			}
			end(CloseCause.PEER, new CloseReason(CloseReason.GOING_AWAY, "write failed"), Rest.DROP);
		}

	}

}
