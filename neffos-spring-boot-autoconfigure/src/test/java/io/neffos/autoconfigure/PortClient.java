package io.neffos.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** A WebSocket to a real port that speaks frames as they are on the wire. */
final class PortClient implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final long SECONDS = 20;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final WebSocket socket;

	private PortClient(URI uri, boolean reads, UnaryOperator<WebSocket.Builder> customizer) throws Exception {
		WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(SECONDS));
		this.socket = customizer.apply(builder).buildAsync(uri, new Listener(reads)).get(SECONDS, TimeUnit.SECONDS);
	}

	/** Only the WebSocket, without acknowledgement. */
	static PortClient open(int port, String path, UnaryOperator<WebSocket.Builder> customizer) throws Exception {
		return new PortClient(uri(port, path), true, customizer);
	}

	static PortClient open(int port, String path) throws Exception {
		return open(port, path, UnaryOperator.identity());
	}

	/** Only the WebSocket, from which nothing is ever read. */
	static PortClient deaf(int port, String path) throws Exception {
		return new PortClient(uri(port, path), false, UnaryOperator.identity());
	}

	private static URI uri(int port, String path) {
		return URI.create("ws://localhost:" + port + path);
	}

	/** With acknowledgement. */
	static PortClient dial(int port, String path) throws Exception {
		PortClient client = open(port, path);
		client.send("M");
		assertThat(client.next()).startsWith("A");
		return client;
	}

	/** With acknowledgement and a namespace. */
	static PortClient dial(int port, String path, String namespace) throws Exception {
		PortClient client = dial(port, path);
		assertThat(client.ask(namespace, "", "_OnNamespaceConnect", "")).isEqualTo("$1;;;;;;");
		return client;
	}

	PortClient send(String frame) throws Exception {
		this.socket.sendText(frame, true).get(SECONDS, TimeUnit.SECONDS);
		return this;
	}

	/** Ask, and take the next frame for the answer. */
	String ask(String namespace, String room, String event, String body) throws Exception {
		send("$1;" + namespace + ";" + room + ";" + event + ";0;0;" + body);
		return next();
	}

	void emit(String namespace, String room, String event, String body) throws Exception {
		send(";" + namespace + ";" + room + ";" + event + ";0;0;" + body);
	}

	String next() throws Exception {
		String frame = this.received.poll(SECONDS, TimeUnit.SECONDS);
		assertThat(frame).as("a frame, with close code " + this.closed.getNow(null)).isNotNull();
		return frame;
	}

	boolean isQuiet() {
		return this.received.isEmpty();
	}

	int closeCode() throws Exception {
		return this.closed.get(SECONDS, TimeUnit.SECONDS);
	}

	String subprotocol() {
		return this.socket.getSubprotocol();
	}

	@Override
	public void close() {
		this.socket.abort();
	}

	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		private final boolean reads;

		Listener(boolean reads) {
			this.reads = reads;
		}

		@Override
		public void onOpen(WebSocket webSocket) {
			if (this.reads) {
				webSocket.request(1);
			}
		}

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				PortClient.this.received.add(this.text.toString());
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			PortClient.this.closed.complete(statusCode);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			PortClient.this.closed.complete(1006);
		}

	}

}
