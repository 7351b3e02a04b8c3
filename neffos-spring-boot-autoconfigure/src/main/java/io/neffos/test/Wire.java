package io.neffos.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.neffos.protocol.Ack;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.protocol.NativeMode;
import io.neffos.protocol.WaitToken;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.SocketListener;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a tester: sends frames, sorts what arrives, and lets tests wait for
 * it. All state, that of the channels and answers too, is guarded by one lock.
 */
final class Wire implements SocketListener {

	/** What no server declares, so that it answers by itself, in turn, with an error. */
	private static final String NOWHERE = "~nowhere";

	private static final String SYNC = "$sync";

	private final Monitor monitor = new Monitor();

	private final WaitToken.Issuer tokens = WaitToken.clientIssuer();

	private final Map<String, Answer> answers = new HashMap<>();

	private final Map<String, Channel> channels = new HashMap<>();

	private final Transcript transcript = new Transcript();

	private final DialedSocket socket;

	private final FrameWriter writer;

	private final Duration patience;

	private final Bodies bodies;

	private final Acknowledgement ack = new Acknowledgement();

	private @Nullable CloseReason closed;

	private long received;

	private final AtomicLong syncs = new AtomicLong();

	Wire(DialedSocket socket, Duration patience, Bodies bodies) {
		this.socket = socket;
		this.writer = new FrameWriter(socket);
		this.patience = patience;
		this.bodies = bodies;
	}

	/** Begin to read, and ask to be acknowledged. */
	void start() {
		this.socket.start(this);
		sendRaw(Ack.REQUEST.encode(), false);
	}

	Bodies bodies() {
		return this.bodies;
	}

	DialedSocket socket() {
		return this.socket;
	}

	Acknowledgement ack() {
		return this.ack;
	}

	/** The id of the connection, empty when it was not let in. */
	String id() {
		return locked(this.ack::id);
	}

	@Nullable CloseReason closed() {
		return locked(() -> this.closed);
	}

	boolean isOpen() {
		return closed() == null;
	}

	/** How many messages have arrived, those of {@link #sync()} aside. */
	long received() {
		return locked(() -> this.received);
	}

	Channel channel(String namespace) {
		return locked(() -> this.channels.computeIfAbsent(namespace, (name) -> new Channel()));
	}

	/** A snapshot, by name. */
	Map<String, Channel> channels() {
		return locked(() -> Map.copyOf(this.channels));
	}

	/** Ask something; the token of the frame is made here. */
	Answer ask(String namespace, String room, String event, @Nullable Object body, String question,
			Runnable onSuccess) {
		Frame frame = Frame.request(this.tokens.next(), namespace, room, event, this.bodies.encode(body), false);
		Answer answer = new Answer(this, question, onSuccess);
		locked(() -> this.answers.put(frame.waitToken(), answer));
		send(frame);
		return answer;
	}

	/** Ask what the server answers when all that was sent before has been handled. */
	Answer sync() {
		String token = SYNC + this.syncs.incrementAndGet();
		Answer answer = new Answer(this, "a message in turn, which comes when all that was sent before it has been "
				+ "handled; so a handler still runs, or waits for an answer of this client", () -> {
				});
		locked(() -> this.answers.put(token, answer));
		this.writer.write(FrameCodec.encode(Frame.request(token, NOWHERE, "", "sync")), false);
		return answer;
	}

	void send(Frame frame) {
		locked(() -> {
			this.transcript.sent(frame);
			return null;
		});
		this.writer.write(FrameCodec.encode(frame), frame.binary());
	}

	void sendRaw(byte[] message, boolean binary) {
		locked(() -> {
			this.transcript.add("-> " + (binary ? Transcript.bytes(message)
					: Transcript.quote(new String(message, StandardCharsets.UTF_8))));
			return null;
		});
		this.writer.write(message.clone(), binary);
	}

	void close(CloseReason reason) {
		this.writer.close(reason);
	}

	@Override
	public void onFrame(byte[] bytes, boolean binary) {
		byte[] answer = this.monitor.change(() -> {
			if (this.ack.now() != null) {
				return arrived(bytes, binary);
			}
			this.ack.arrived(bytes, binary, this.transcript);
			return null;
		});
		if (answer != null) {
			this.writer.write(answer, false);
		}
	}

	private byte @Nullable [] arrived(byte[] bytes, boolean binary) {
		Frame frame = FrameCodec.decode(bytes, binary, NativeMode.MIXED);
		if (frame == null) {
			return null;
		}
		Answer asked = this.answers.get(frame.waitToken());
		if (frame.waitToken().startsWith(SYNC) && asked != null) {
			this.answers.remove(frame.waitToken());
			asked.arrived(frame);
			return null;
		}
		this.received++;
		this.transcript.received(frame);
		if (asked != null && asked.arrived(frame)) {
			return null;
		}
		byte[] answer = channel(frame.namespace()).arrived(frame);
		if (answer != null) {
			this.transcript.add("-> by itself: " + Transcript.quote(new String(answer, StandardCharsets.UTF_8)));
		}
		return answer;
	}

	@Override
	public void onTooBig() {
		locked(() -> {
			this.received++;
			this.transcript.add("<- a message that is too big for this client");
			return null;
		});
	}

	@Override
	public void onClose(CloseReason reason) {
		this.monitor.change(() -> {
			this.closed = reason;
			this.transcript.add("   closed with " + reason.code() + " " + Transcript.quote(reason.reason()));
			return null;
		});
	}

	<T extends @Nullable Object> T locked(Supplier<T> action) {
		return this.monitor.locked(action);
	}

	/** Wait for something, at most as long as patience lasts or the connection. */
	<T> T await(String expected, Supplier<@Nullable T> condition) {
		T result = awaitUntil(condition, true);
		if (result != null) {
			return result;
		}
		throw missing(expected);
	}

	/** What a test fails with when something did not come. */
	AssertionError missing(String expected) {
		CloseReason reason = closed();
		return failure("Expected " + expected + "\nbut "
				+ ((reason != null)
						? "the connection is closed with " + reason.code() + " " + Transcript.quote(reason.reason())
						: "nothing of the kind arrived within " + this.patience.toMillis() + " ms"));
	}

	/**
	 * Wait for something without failing.
	 * @param condition returns what is waited for, or {@code null}
	 * @param open whether the end of the connection ends the wait
	 * @return {@code null} if patience, or the connection, ended
	 */
	<T> @Nullable T awaitUntil(Supplier<@Nullable T> condition, boolean open) {
		try {
			return this.monitor.await(condition, () -> open && this.closed != null, this.patience);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure("Interrupted while waiting");
		}
	}

	/** Nothing waits to be expected, or else the test fails. */
	void expectEmpty() {
		channels().forEach((name, channel) -> new Inbox(this, name, channel).expectEmpty());
	}

	/** What a test fails with. */
	AssertionError failure(String text) {
		return locked(() -> {
			String name = this.ack.id().isEmpty() ? "(not acknowledged)" : this.ack.id();
			return new AssertionError(
					text + "\nOn connection " + name + ", -> sent and <- received:\n" + this.transcript);
		});
	}

}
