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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket to a real port that does what no client of good manners does: it does not
 * speak, or does not read.
 */
final class PortClient {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final long SECONDS = 20;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final WebSocket socket;

	private PortClient(int port, boolean reads) throws Exception {
		this.socket = HTTP.newWebSocketBuilder()
			.connectTimeout(Duration.ofSeconds(SECONDS))
			.buildAsync(URI.create("ws://localhost:" + port + "/neffos"), new Listener(reads))
			.get(SECONDS, TimeUnit.SECONDS);
	}

	static PortClient open(int port) throws Exception {
		return new PortClient(port, true);
	}

	/** From which nothing is ever read. */
	static PortClient deaf(int port) throws Exception {
		return new PortClient(port, false);
	}

	PortClient send(String frame) throws Exception {
		this.socket.sendText(frame, true).get(SECONDS, TimeUnit.SECONDS);
		return this;
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
