package io.neffos.sample;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Speaks the wire by hand, so that these tests do not depend on a client of ours.
 */
final class WireClient implements WebSocket.Listener, AutoCloseable {

	private static final int PATIENCE_SECONDS = 10;

	private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

	private final StringBuilder part = new StringBuilder();

	private final WebSocket socket;

	private final String id;

	private int asks;

	WireClient(int port, @Nullable String name) throws Exception {
		String query = (name != null)
				? "?X-Websocket-Header-X-Visitor-Name=" + URLEncoder.encode(name, StandardCharsets.UTF_8) : "";
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://localhost:" + port + "/neffos" + query), this)
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		send("M");
		this.id = expect("A").substring(1);
	}

	String id() {
		return this.id;
	}

	/** Send a frame as it is. */
	void send(String frame) {
		this.socket.sendText(frame, true).join();
	}

	void sendBinary(byte[] bytes) {
		this.socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
	}

	/** Ask, and return all of the answer but its token. */
	String ask(String namespace, String room, String event, String body) throws InterruptedException {
		String token = "$" + (++this.asks) + ";";
		send(token + namespace + ";" + room + ";" + event + ";0;0;" + body);
		return expect(token).substring(token.length());
	}

	WireClient connect(String namespace) throws InterruptedException {
		accepted(ask(namespace, "", "_OnNamespaceConnect", ""));
		return this;
	}

	WireClient join(String namespace, String room) throws InterruptedException {
		accepted(ask(namespace, room, "_OnRoomJoin", ""));
		return this;
	}

	void emit(String namespace, String room, String event, String body) {
		send(";" + namespace + ";" + room + ";" + event + ";0;0;" + body);
	}

	/** The next body of an event, which others may precede. */
	String expectEvent(String namespace, String room, String event) throws InterruptedException {
		String header = ";" + namespace + ";" + room + ";" + event + ";0;0;";
		return expect(header).substring(header.length());
	}

	/** The next frame that begins so, which others may precede. */
	String expect(String prefix) throws InterruptedException {
		List<String> others = new ArrayList<>();
		for (;;) {
			String frame = this.frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (frame == null) {
				throw new AssertionError("No frame beginning with '%s', only %s".formatted(prefix, others));
			}
			if (frame.startsWith(prefix)) {
				return frame;
			}
			others.add(frame);
		}
	}

	private static void accepted(String answer) {
		if (!answer.equals(";;;;;")) {
			throw new AssertionError("Not accepted: " + answer);
		}
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.part.append(data);
		if (last) {
			this.frames.add(this.part.toString());
			this.part.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		return onText(webSocket, StandardCharsets.ISO_8859_1.decode(data), last);
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.frames.add("close " + statusCode + " " + reason);
		return null;
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
