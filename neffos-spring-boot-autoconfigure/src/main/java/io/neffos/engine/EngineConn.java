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
import io.neffos.NeffosException;
import io.neffos.WriteClosedException;
import io.neffos.engine.Mailbox.Pause;
import io.neffos.observe.Tracing;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Expendable;
import io.neffos.transport.Socket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * One side of one connection: the entry point of the engine. Owns the state of the
 * connection and hands what arrives to those who know what to do with it.
 */
public final class EngineConn implements Conn {

	private final ConnHost host;

	private final HandshakeInfo handshake;

	/** Written once more in the mailbox of a client, when it is told. */
	private volatile String id;

	private final Greeting greeting;

	private final Outbox outbox;

	private final Mailbox mailbox;

	private final Intake intake;

	private final Handlers handlers;

	private final NamespaceManager namespaces;

	private final Asks asks;

	private final FrameReader reader;

	private final AtomicBoolean closed = new AtomicBoolean();

	/** Rooms over all namespaces. */
	private final AtomicInteger rooms = new AtomicInteger();

	/** Completes with the acknowledgement; fails when the connection closes before it. */
	private final CompletableFuture<@Nullable Void> acknowledged = new CompletableFuture<>();

	/** Why it was not acknowledged, if it was refused. */
	private volatile @Nullable NeffosException refusal;

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private final Attributes attributes = new Attributes();

	/**
	 * Create a connection. Nothing happens before {@link #open()}.
	 * @param host what holds it
	 * @param socket what it writes to
	 * @param handshake the request it came with
	 * @param id its id, not empty; a client learns it from the server and passes an empty
	 * one
	 */
	public EngineConn(ConnHost host, Socket socket, HandshakeInfo handshake, String id) {
		if (id.isEmpty() && host.side() == Side.SERVER) {
			throw new IllegalArgumentException("The id of a connection must not be empty");
		}
		this.host = host;
		this.handshake = handshake;
		this.id = id;
		EngineSettings settings = host.settings();
		this.outbox = new Outbox(socket, settings, host.timer(), new OutboxTrouble());
		this.mailbox = new Mailbox(host.executor(), this::rejected);
		this.intake = new Intake(socket, settings);
		this.handlers = new Handlers(this, host);
		this.namespaces = new NamespaceManager(this);
		this.asks = new Asks(this, host);
		this.greeting = Greeting.of(this);
		this.reader = new FrameReader(this, host, this.greeting);
	}

	/**
	 * Begin: run {@code OnConnect} and see to the acknowledgement, against the clock.
	 * @return what the socket tells of what arrives
	 */
	public SocketListener open() {
		this.greeting.begin();
		return this.reader;
	}

	/**
	 * Begin on a socket that this side has opened, and start it. It reads before this
	 * side says anything: the JDK loses the last message before the end of the stream
	 * when both are there before anybody reads, and a refusal is such a message.
	 * @param socket the socket of this connection
	 */
	public void open(DialedSocket socket) {
		if (isNativeOnly()) {
			// Handlers must be ready; there is no answer to wait for.
			socket.start(open());
		}
		else {
			socket.start(this.reader);
			open();
		}
	}

	/** Whether all messages are native, so that nothing is acknowledged. */
	boolean isNativeOnly() {
		return this.reader.isNativeOnly();
	}

	/** The server has told this client its id. In the mailbox. */
	void identify(String given) {
		this.id = given;
	}

	/** The connection is acknowledged. In the mailbox. */
	void acknowledged() {
		this.acknowledged.complete(null);
	}

	/**
	 * End the connection before it is acknowledged, for a reason that its end does not
	 * tell.
	 */
	void refuse(NeffosException why, CloseCause cause, CloseReason reason) {
		this.refusal = why;
		end(cause, reason, Rest.WRITE);
	}

	/**
	 * The acknowledgement.
	 * @return completes when the connection is acknowledged; fails with the refusal, or
	 * when the connection ends before
	 */
	public CompletableFuture<@Nullable Void> acknowledgement() {
		return this.acknowledged;
	}

	/** Whether the peer was ever let in; stays so after the end. */
	boolean isAcknowledged() {
		return this.acknowledged.isDone() && !this.acknowledged.isCompletedExceptionally();
	}

	/** Run a task in the mailbox once the connection is acknowledged. */
	void whenAcknowledged(Mailbox.Task task, CompletableFuture<?> result) {
		Mailbox.Task bound = within(this.host.tracing().current(), task);
		this.acknowledged.whenComplete((value, failure) -> {
			if (failure != null) {
				result.completeExceptionally(new WriteClosedException("The connection is closed"));
			}
			else {
				this.mailbox.executeInline(bound);
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
		this.namespaces.stopWaiting();
		this.host.unreachable(this);
		NeffosException why = this.refusal;
		this.acknowledged
			.completeExceptionally((why != null) ? why : new WriteClosedException("The connection is closed"));
		if (cause == CloseCause.TOO_FAST || cause == CloseCause.TOO_BIG || cause == CloseCause.PROTOCOL) {
			this.mailbox.discardOffered();
		}
		switch (rest) {
			case WRITE -> this.outbox.closeWhenWritten(reason, this.host.settings().sendTimeout());
			case DROP -> this.outbox.closeNow(reason);
			case SOCKET_GONE -> this.outbox.discard();
		}
		this.mailbox.execute(() -> this.namespaces.closeAll(() -> {
			if (this.greeting.isAdmitted()) {
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
	public boolean isClient() {
		return this.host.side() == Side.CLIENT;
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
	public NSConn waitConnect(String namespace) {
		rejectWait();
		return Conn.super.waitConnect(namespace);
	}

	@Override
	public NSConn waitConnect(String namespace, Duration timeout) {
		rejectWait();
		return Conn.super.waitConnect(namespace, timeout);
	}

	private void rejectWait() {
		if (this.mailbox.isOwner()) {
			throw new IllegalStateException("A handler cannot wait for a request of its own connection's peer, which"
					+ " is handled when it has returned: use the ...Async form and do not wait");
		}
	}

	@Override
	public CompletableFuture<NSConn> waitConnectAsync(String namespace) {
		return waitConnectAsync(namespace, this.host.settings().askTimeout());
	}

	@Override
	public CompletableFuture<NSConn> waitConnectAsync(String namespace, Duration timeout) {
		return this.namespaces.waitFor(namespace, timeout);
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
		Wakes wakes = new Wakes();
		WireFrame frame = Outgoing.event(message, this.host.codec(), ns.overflow());
		if (!enqueue(frame, wakes)) {
			return false;
		}
		wakes.run();
		this.host.observer().sent(message.namespace(), 1);
		return true;
	}

	/** Queue without writing; what is to be woken is woken outside of any lock. */
	boolean enqueue(WireFrame frame, Wakes wakes) {
		return this.outbox.add(frame, wakes);
	}

	/** Queue and write here, as nothing else is likely to be gathered. */
	boolean send(WireFrame frame) {
		return this.outbox.addNow(frame);
	}

	boolean send(Frame frame) {
		return send(Outgoing.encode(frame));
	}

	void sendEmptyReply(String token) {
		send(new WireFrame(FrameCodec.emptyReply(token), false));
	}

	void sendConnectReply(String token, String namespace) {
		this.outbox.addConnectReply(new WireFrame(FrameCodec.emptyReply(token), false), namespace);
	}

	@Override
	public CompletableFuture<Message> askAsync(Message message) {
		return askAsync(message, this.host.settings().askTimeout());
	}

	@Override
	public CompletableFuture<Message> askAsync(Message message, Duration timeout) {
		return this.asks.ask(message, timeout);
	}

	/**
	 * Ask for a connect, join, leave or disconnect, and go on in the mailbox before what
	 * the peer says behind its answer.
	 */
	void request(String event, EngineNSConn ns, String room, Duration timeout,
			Function<@Nullable Throwable, @Nullable Pause> answered) {
		Tracing.Trace trace = this.host.tracing().current();
		this.asks.request(event, ns, room, timeout,
				(failure) -> this.mailbox.step(within(trace, () -> answered.apply(failure))));
	}

	/** Begin an operation of this side in the mailbox, within the trace of the caller. */
	void begin(Mailbox.Task task) {
		this.mailbox.executeInline(within(this.host.tracing().current(), task));
	}

	private static Mailbox.Task within(Tracing.@Nullable Trace trace, Mailbox.Task task) {
		return (trace != null) ? () -> trace.<@Nullable Pause>call(task::run) : task;
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

	Intake intake() {
		return this.intake;
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
		public void dropped(Expendable rule, int count) {
			EngineConn.this.host.observer().overflowDropped(rule.namespace(), Outgoing.overflow(rule.policy()), count);
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
