package io.neffos.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NeffosServer;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.testkit.TestServer;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/** Tests of what {@link Connections} wait for. */
class ConnectionsTests {

	private static final URI ADDRESS = URI.create("ws://localhost/neffos");

	/** Open once the first round has passed by who hears the news. */
	private final CountDownLatch asked = new CountDownLatch(1);

	@Test
	void settlingWaitsForWhatIsUnderWayToSomebodyWhoWasAskedBefore() {
		try (TestServer server = TestServer
			.of((namespaces) -> namespaces.namespace("chat", (events) -> events.on("tell", (ns, msg) -> {
				this.asked.await();
				ns.broadcastOthers(Message.of("news"));
			}))); NeffosTester tester = NeffosTester.at(ADDRESS, slow(MemoryDialer.to(server.server())))) {
			TestNamespace bob = tester.connect("chat");
			TestNamespace ann = tester.connect("chat");
			ann.emit("tell", null);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(bob::expectNoMore)
				.withMessageContaining("[chat] news");
		}
	}

	@Test
	void closingWaitsUntilTheServerListsNobody() {
		try (ChatServer chat = new ChatServer()) {
			NeffosServer server = mock(NeffosServer.class);
			MemoryDialer dialer = MemoryDialer.to(chat.server()).ids((handshake) -> "one");
			NeffosTester tester = NeffosTester.of(() -> new Link(dialer, ADDRESS, server));
			tester.dial();
			given(server.connection("one")).willReturn(mock(Conn.class), mock(Conn.class), null);
			given(server.namespaces()).willReturn(Set.of());
			tester.close();
			verify(server, times(3)).connection("one");
		}
	}

	@Test
	void closingWaitsForTheHandlersOfTheEnd() throws Exception {
		CountDownLatch mayEnd = new CountDownLatch(1);
		Queue<String> log = new ConcurrentLinkedQueue<>();
		try (TestServer server = TestServer.of((namespaces) -> namespaces.onDisconnect((conn) -> {
			mayEnd.await();
			log.add("ended");
		}).namespace("chat", (events) -> {
		}))) {
			NeffosTester tester = NeffosTester.of(server.server());
			String id = tester.connect("chat").conn().id();
			CompletableFuture<Void> closing = CompletableFuture.runAsync(tester::close)
				.thenRun(() -> log.add("closed"));
			DefaultNeffosServer ours = server.server();
			Awaitility.await().until(() -> ours.connections("chat").isEmpty() && ours.connection(id) == null);
			assertThat(ours.isServing(id)).isTrue();
			mayEnd.countDown();
			closing.join();
			assertThat(log).containsExactly("ended", "closed");
			assertThat(ours.isServing(id)).isFalse();
		}
	}

	private Dialer slow(Dialer dialer) {
		return new Dialer() {

			@Override
			public CompletableFuture<DialedSocket> dial(DialRequest request) {
				return dialer.dial(request).thenApply((socket) -> new SlowSocket(socket));
			}

			@Override
			public CompletableFuture<Void> probe(DialRequest request) {
				return dialer.probe(request);
			}

		};
	}

	/** The news arrives no earlier than the next message is sent, or arrives. */
	private final class SlowSocket implements DialedSocket, SocketListener {

		private final Queue<byte[]> held = new ArrayDeque<>();

		private final DialedSocket socket;

		private SocketListener listener;

		SlowSocket(DialedSocket socket) {
			this.socket = socket;
		}

		@Override
		public String subprotocol() {
			return this.socket.subprotocol();
		}

		@Override
		public void start(SocketListener receiver) {
			this.listener = receiver;
			this.socket.start(this);
		}

		@Override
		public void write(WireFrame frame, Consumer<Throwable> done) {
			synchronized (this.held) {
				while (!this.held.isEmpty()) {
					this.listener.onFrame(this.held.remove(), false);
				}
			}
			this.socket.write(frame, done);
		}

		@Override
		public void close(CloseReason reason) {
			this.socket.close(reason);
		}

		@Override
		public void onFrame(byte[] bytes, boolean binary) {
			String text = new String(bytes, StandardCharsets.UTF_8);
			synchronized (this.held) {
				// Not the answer to what was sent in between: nobody would say more.
				if (text.contains("news")) {
					this.held.add(bytes);
					return;
				}
				while (!this.held.isEmpty()) {
					this.listener.onFrame(this.held.remove(), false);
				}
			}
			this.listener.onFrame(bytes, binary);
			if (text.contains("bad namespace")) {
				ConnectionsTests.this.asked.countDown();
			}
		}

		@Override
		public void onTooBig() {
			this.listener.onTooBig();
		}

		@Override
		public void onClose(CloseReason reason) {
			this.listener.onClose(reason);
		}

	}

}
