package io.neffos.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import io.neffos.HandshakeInfo;
import io.neffos.engine.Mailbox;
import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * A client in memory that needs no attention: it reads on a thread of its own, so to
 * speak, and answers by itself what the server asks.
 */
final class AnsweringClient implements MessageSocket {

	private static final String CLOSED = "closed";

	private static final long PATIENCE = 20;

	private final Mailbox reading;

	/** Error text for a request of the server, empty to accept. */
	private final Function<String, String> decision;

	private final Consumer<String> events;

	private final CompletableFuture<SocketListener> listener = new CompletableFuture<>();

	private final AtomicInteger tokens = new AtomicInteger();

	private final Map<String, CompletableFuture<String>> replies = new ConcurrentHashMap<>();

	private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

	private volatile String id = "";

	AnsweringClient(Executor executor, Function<String, String> decision, Consumer<String> events) {
		this.reading = new Mailbox(executor, () -> {
		});
		this.decision = decision;
		this.events = events;
	}

	/** Open and acknowledge. */
	AnsweringClient open(DefaultNeffosServer server, String id) {
		this.id = id;
		CompletableFuture<String> accepted = new CompletableFuture<>();
		this.replies.put("A" + id, accepted);
		HandshakeInfo handshake = new HandshakeInfo(URI.create("ws://localhost/neffos"), Map.of(), null, null, null);
		this.listener.complete(server.open(this, handshake, id));
		say("M");
		accepted.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
		return this;
	}

	String id() {
		return this.id;
	}

	void say(String frame) {
		read((server) -> server.onFrame(frame.getBytes(StandardCharsets.UTF_8), false));
	}

	/**
	 * Ask to connect, disconnect, join or leave; completes with the answer, however the
	 * connection goes.
	 */
	CompletableFuture<String> request(String namespace, String room, String event) {
		return request(namespace, room, event, "");
	}

	/** Ask; completes with the answer, however the connection goes. */
	CompletableFuture<String> request(String namespace, String room, String event, String body) {
		String token = "$" + this.tokens.incrementAndGet();
		CompletableFuture<String> reply = new CompletableFuture<String>().orTimeout(PATIENCE, TimeUnit.SECONDS);
		this.replies.put(token, reply);
		if (this.closed.isDone()) {
			reply.complete(CLOSED);
		}
		say(token + ";" + namespace + ";" + room + ";" + event + ";0;0;" + body);
		return reply;
	}

	/** Go away without a word. */
	void vanish() {
		close(new CloseReason(CloseReason.ABNORMAL, ""));
	}

	CompletableFuture<CloseReason> closed() {
		return this.closed;
	}

	@Override
	public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
		String text = frame.text();
		this.reading.execute(() -> {
			received(text);
			return null;
		});
		done.accept(null);
	}

	@Override
	public void close(CloseReason reason) {
		if (this.closed.complete(reason)) {
			read((server) -> server.onClose(reason));
			this.replies.values().forEach((reply) -> reply.complete(CLOSED));
		}
	}

	private void read(Consumer<SocketListener> action) {
		this.listener.thenAccept((server) -> this.reading.execute(() -> {
			action.accept(server);
			return null;
		}));
	}

	private void received(String text) {
		CompletableFuture<String> reply = this.replies.remove(text.split(";", 2)[0]);
		if (reply != null) {
			reply.complete(text);
			return;
		}
		String[] fields = text.split(";", 7);
		if (fields[0].isEmpty()) {
			this.events.accept(text);
			return;
		}
		String refusal = this.decision.apply(text);
		String answer = refusal.isEmpty() ? fields[0] + ";;;;;;"
				: fields[0] + ";" + fields[1] + ";" + fields[2] + ";" + fields[3] + ";1;0;" + refusal;
		this.listener.join().onFrame(answer.getBytes(StandardCharsets.UTF_8), false);
	}

}
