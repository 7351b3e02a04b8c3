package io.neffos.websocket;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** The WebSocket client of the JDK, which puts parts together. */
final class JdkClient implements WebSocket.Listener, AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final long PATIENCE = 20;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<String> closed = new CompletableFuture<>();

	private final StringBuilder text = new StringBuilder();

	private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

	private final WebSocket socket;

	JdkClient(RealServer server, String query, UnaryOperator<WebSocket.Builder> customizer) throws Exception {
		TestTls tls = server.tls();
		URI uri = URI
			.create(((tls != null) ? "wss" : "ws") + "://localhost:" + server.port() + RealServer.PATH + query);
		HttpClient http = (tls != null) ? HttpClient.newBuilder().sslContext(tls.client()).build() : HTTP;
		this.socket = customizer.apply(http.newWebSocketBuilder())
			.buildAsync(uri, this)
			.get(PATIENCE, TimeUnit.SECONDS);
	}

	/** A client that is acknowledged and connected. */
	static JdkClient chat(RealServer server) throws Exception {
		return chat(server, "", UnaryOperator.identity());
	}

	static JdkClient chat(RealServer server, String query, UnaryOperator<WebSocket.Builder> customizer)
			throws Exception {
		JdkClient client = new JdkClient(server, query, customizer);
		assertThat(client.say("M").next()).startsWith("A");
		client.say("$1;chat;;_OnNamespaceConnect;0;0;").expect("$1;;;;;;");
		return client;
	}

	WebSocket socket() {
		return this.socket;
	}

	JdkClient say(String frame) throws Exception {
		return say(frame, true);
	}

	JdkClient say(String part, boolean last) throws Exception {
		this.socket.sendText(part, last).get(PATIENCE, TimeUnit.SECONDS);
		return this;
	}

	JdkClient sayBinary(byte[] part, boolean last) throws Exception {
		this.socket.sendBinary(ByteBuffer.wrap(part), last).get(PATIENCE, TimeUnit.SECONDS);
		return this;
	}

	/**
	 * The next message; binary ones begin with {@code binary:} and are read as Latin-1.
	 */
	String next() throws Exception {
		String frame = this.received.poll(PATIENCE, TimeUnit.SECONDS);
		assertThat(frame).as("the next message, closed with " + this.closed.getNow(null)).isNotNull();
		return frame;
	}

	JdkClient expect(String frame) throws Exception {
		assertThat(next()).isEqualTo(frame);
		return this;
	}

	/** How many messages wait to be taken. */
	int waiting() {
		return this.received.size();
	}

	/** Code and text of the close frame that came. */
	String closed() throws Exception {
		return this.closed.get(PATIENCE, TimeUnit.SECONDS);
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			this.received.add(this.text.toString());
			this.text.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.binary.writeBytes(bytes);
		if (last) {
			this.received.add("binary:" + this.binary.toString(StandardCharsets.ISO_8859_1));
			this.binary.reset();
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
		this.closed.complete((code + " " + reason).trim());
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.closed.complete("lost");
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
