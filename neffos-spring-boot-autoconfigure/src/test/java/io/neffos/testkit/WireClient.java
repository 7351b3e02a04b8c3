package io.neffos.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.Conn;
import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that speaks the wire by hand and in memory. Waits for frames, never for time.
 */
public final class WireClient {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AtomicInteger tokens = new AtomicInteger();

	private final FakeSocket socket;

	private final SocketListener server;

	private final String id;

	private final TestServer servers;

	WireClient(FakeSocket socket, SocketListener server, String id, TestServer servers) {
		this.socket = socket;
		this.server = server;
		this.id = id;
		this.servers = servers;
	}

	public String id() {
		return this.id;
	}

	public FakeSocket socket() {
		return this.socket;
	}

	/** Send a text frame as it is. */
	public WireClient say(String frame) {
		this.server.onFrame(frame.getBytes(StandardCharsets.UTF_8), false);
		return this;
	}

	/** Send a binary frame as it is. */
	public WireClient sayBinary(byte[] frame) {
		this.server.onFrame(frame, true);
		return this;
	}

	/** The next frame that the server wrote. */
	public WireFrame nextFrame() {
		try {
			WireFrame frame = this.socket.written().poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			assertThat(frame).as("next frame for %s, closed by %s", this.id, this.socket.closed().getNow(null))
				.isNotNull();
			return frame;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The next frame that the server wrote, as text. */
	public String next() {
		return nextFrame().text();
	}

	public WireClient expect(String frame) {
		assertThat(next()).isEqualTo(frame);
		return this;
	}

	/** Acknowledge. */
	public WireClient ack() {
		return say("M").expect("A" + this.id);
	}

	/** Connect a namespace. */
	public WireClient connect(String namespace) {
		String token = token();
		return say(token + ";" + namespace + ";;_OnNamespaceConnect;0;0;").expect(token + ";;;;;;");
	}

	/** Join a room. */
	public WireClient join(String namespace, String room) {
		String token = token();
		return say(token + ";" + namespace + ";" + room + ";_OnRoomJoin;0;0;").expect(token + ";;;;;;");
	}

	/** Leave a room. */
	public WireClient leave(String namespace, String room) {
		String token = token();
		return say(token + ";" + namespace + ";" + room + ";_OnRoomLeave;0;0;").expect(token + ";;;;;;");
	}

	/** Answer a request of the server with yes, or with a body. */
	public WireClient answer(String request, String body) {
		String[] fields = request.split(";", 7);
		return body.isEmpty() ? say(fields[0] + ";;;;;;")
				: say(fields[0] + ";" + fields[1] + ";" + fields[2] + ";" + fields[3] + ";0;0;" + body);
	}

	/** Answer a request of the server with no. */
	public WireClient refuse(String request, String text) {
		String[] fields = request.split(";", 7);
		return say(fields[0] + ";" + fields[1] + ";" + fields[2] + ";" + fields[3] + ";1;0;" + text);
	}

	/**
	 * Everything the server has written up to the answer to a question that it must
	 * answer in turn: when this returns, the handlers of all that was said before have
	 * run, and what they sent by way of other servers has arrived.
	 */
	public List<String> drain() {
		List<String> frames = sync();
		if (this.servers.servers().size() > 1) {
			this.servers.settle();
			frames.addAll(sync());
		}
		return frames;
	}

	private List<String> sync() {
		String token = token();
		say(token + ";no such namespace;;sync;0;0;");
		String end = token + ";no such namespace;;sync;1;0;bad namespace";
		List<String> frames = new ArrayList<>();
		for (String frame = next(); !frame.equals(end); frame = next()) {
			frames.add(frame);
		}
		return frames;
	}

	/** Nothing was written since the last frame taken. */
	public WireClient expectNothing() {
		assertThat(drain()).isEmpty();
		return this;
	}

	public String token() {
		return "$" + this.tokens.incrementAndGet();
	}

	/** The client goes away without a word. */
	public void vanish() {
		this.server.onClose(new CloseReason(CloseReason.ABNORMAL, ""));
	}

	/** What the server sent when it closed. */
	public CloseReason closed() {
		return this.socket.closed().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	/** This client as the server sees it. */
	public Conn on(TestServer server) {
		return server.servers()
			.stream()
			.flatMap((one) -> one.connectionsById(this.id).stream())
			.findFirst()
			.orElseThrow();
	}

}
