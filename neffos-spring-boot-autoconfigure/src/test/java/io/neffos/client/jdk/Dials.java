package io.neffos.client.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Requests and waits that the tests share. */
final class Dials {

	static final HttpClient HTTP = HttpClient.newHttpClient();

	static final JdkDialer DIALER = new JdkDialer(HTTP);

	static final int MAX_FRAME_SIZE = 1024 * 1024;

	static final Duration SHORT = Duration.ofMillis(300);

	private Dials() {
	}

	static DialRequest request(URI uri) {
		return request(uri, Map.of(), List.of());
	}

	static DialRequest request(URI uri, Map<String, List<String>> headers, List<String> subprotocols) {
		return new DialRequest(uri, headers, subprotocols, Duration.ofMillis(HandServer.PATIENCE_MILLIS),
				MAX_FRAME_SIZE);
	}

	static DialRequest hurried(URI uri) {
		return new DialRequest(uri, Map.of(), List.of(), SHORT, MAX_FRAME_SIZE);
	}

	static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(HandServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** Why the future failed. */
	static DialException failure(CompletableFuture<?> future) {
		Throwable failure = catchThrowableOfType(ExecutionException.class, () -> get(future));
		return (DialException) failure.getCause();
	}

	/** Both ends of a new connection, not started. */
	static Pair open(HandServer server) throws Exception {
		return open(server, Duration.ZERO);
	}

	static Pair open(HandServer server, Duration heartbeat) throws Exception {
		CompletableFuture<DialedSocket> dialed = DIALER.dial(new DialRequest(server.uri(), Map.of(), List.of(),
				Duration.ofMillis(HandServer.PATIENCE_MILLIS), MAX_FRAME_SIZE, heartbeat));
		HandPeer peer = server.accept();
		peer.open();
		return new Pair(get(dialed), peer);
	}

	record Pair(DialedSocket socket, HandPeer peer) implements AutoCloseable {

		RecordingListener start() {
			RecordingListener listener = new RecordingListener();
			this.socket.start(listener);
			return listener;
		}

		@Override
		public void close() throws Exception {
			this.peer.close();
		}

	}

}
