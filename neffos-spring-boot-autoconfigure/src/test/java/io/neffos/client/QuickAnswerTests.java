package io.neffos.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer, and what comes behind it, that arrive before the request's write returns.
 */
class QuickAnswerTests {

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private void say(NSConn ns, Message msg) {
		boolean known = ns.conn().namespace("chat") == ns && (msg.room().isEmpty() || ns.room(msg.room()) != null);
		this.events.add(msg.text() + (known ? "" : " too early"));
	}

	@Test
	void nothingBehindAnAnswerComesBeforeIt() throws InterruptedException {
		Namespaces namespaces = Namespaces.builder().namespace("chat", (events) -> events.on("say", this::say)).build();
		try (NeffosClient client = NeffosClient.builder()
			.uri("ws://localhost/neffos")
			.namespaces(namespaces)
			.reconnect(ReconnectPolicy.NEVER)
			.dialer(new QuickServer())
			.dial()) {
			NSConn ns = client.connectAsync("chat").join();
			assertThat(this.events.poll(20, TimeUnit.SECONDS)).isEqualTo("connected");
			ns.joinRoom("lobby", Duration.ofSeconds(20)).leave(Duration.ofSeconds(20));
			assertThat(List.of(this.events.take(), this.events.take())).containsExactly("joined", "left");
		}
	}

	/** Answers, and says what it thinks of it, on the thread of the client that asks. */
	private static final class QuickServer implements Dialer, DialedSocket {

		private final CompletableFuture<SocketListener> listener = new CompletableFuture<>();

		@Override
		public CompletableFuture<DialedSocket> dial(DialRequest request) {
			return CompletableFuture.completedFuture(this);
		}

		@Override
		public CompletableFuture<@Nullable Void> probe(DialRequest request) {
			throw new UnsupportedOperationException();
		}

		@Override
		public @Nullable String subprotocol() {
			return null;
		}

		@Override
		public void start(SocketListener value) {
			this.listener.complete(value);
		}

		@Override
		public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
			done.accept(null);
			this.listener.thenAccept((client) -> {
				String[] fields = frame.text().split(";", -1);
				if (fields.length == 1) {
					read(client, "Ac1");
					return;
				}
				read(client, fields[0] + ";;;;;;");
				read(client, switch (fields[3]) {
					case "_OnNamespaceConnect" -> ";chat;;say;0;0;connected";
					case "_OnRoomJoin" -> ";chat;lobby;say;0;0;joined";
					default -> ";chat;;say;0;0;left";
				});
			});
		}

		private static void read(SocketListener client, String frame) {
			client.onFrame(frame.getBytes(StandardCharsets.UTF_8), false);
		}

		@Override
		public void close(CloseReason reason) {
			this.listener.thenAccept((client) -> client.onClose(reason));
		}

	}

}
