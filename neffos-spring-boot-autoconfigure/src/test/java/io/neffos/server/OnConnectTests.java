package io.neffos.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.neffos.ConnAction;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.engine.EngineSettings;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The acknowledgement and the handlers around it (protocol sections 2 and 11). */
class OnConnectTests {

	private static final EngineSettings IMPATIENT = TestServer.settings(TestServer.SETTINGS)
		.handshakeTimeout(Duration.ofMillis(30))
		.build();

	private final EventLog log = new EventLog();

	private Namespaces namespaces(ConnAction onConnect) {
		return TestServer.namespaces((namespaces) -> namespaces.onConnect(onConnect)
			.onDisconnect((conn) -> this.log.add("disconnect " + conn.id() + " " + conn.namespaces()))
			.namespace("chat", this.log::system));
	}

	private TestServer server(ConnAction onConnect) {
		return new TestServer(namespaces(onConnect));
	}

	@Test
	void runsBeforeTheAcknowledgementAndOnDisconnectAfterTheEnd() {
		try (TestServer server = server((conn) -> this.log.add("connect " + conn.id()))) {
			WireClient client = server.client("chat").expectNothing();
			assertThat(server.connection(client.id())).isNotNull();
			client.vanish();
			server.stop();
			this.log.saw("connect c1", "NamespaceConnect", "NamespaceConnected", "NamespaceDisconnect+!",
					"disconnect c1 []");
			assertThat(server.observer().closed()).containsExactly(CloseCause.PEER);
		}
	}

	@Test
	void connectionIsNotListedBeforeItIsAcknowledged() {
		try (TestServer server = server((conn) -> {
		})) {
			WireClient client = server.open();
			assertThat(server.connections()).isEmpty();
			client.ack();
			assertThat(server.connections()).hasSize(1);
			server.everywhere((one) -> assertThat(one.connectionCount()).isOne());
		}
	}

	@Test
	void refusalIsToldThenTheConnectionIsClosed() {
		try (TestServer server = server((conn) -> {
			throw new RefusedException("come back later");
		})) {
			WireClient client = server.open().say("M").expect("Hcome back later");
			assertThat(client.closed().code()).isEqualTo(CloseReason.POLICY_VIOLATION);
			server.stop();
			assertThat(client.socket().written()).isEmpty();
			this.log.saw();
			assertThat(server.observer().closed()).containsExactly(CloseCause.REFUSED);
			server.expectNoTimers();
		}
	}

	@Test
	void unexpectedExceptionRefusesWithoutItsText() {
		try (TestServer server = server((conn) -> {
			throw new IllegalStateException("secret");
		})) {
			server.open().say("M").expect("Hinternal error");
		}
	}

	@Test
	void secondHandlerIsNotAskedOnceTheFirstRefused() {
		Consumer<Namespaces.Builder> two = (namespaces) -> namespaces.onConnect((conn) -> {
			throw new RefusedException("first");
		}).onConnect((conn) -> this.log.add("second"));
		try (TestServer server = TestServer.of(two)) {
			server.open().say("M").expect("Hfirst");
			this.log.saw();
		}
	}

	@Test
	void refusedClientThatGoesOnTalkingReachesNoHandler() {
		CountDownLatch talked = new CountDownLatch(1);
		try (TestServer server = server((conn) -> {
			talked.await();
			throw new RefusedException("no");
		})) {
			WireClient client = server.open()
				.say("M")
				.say("$1;chat;;_OnNamespaceConnect;0;0;")
				.say("$2;chat;;_OnNamespaceConnect;0;0;");
			talked.countDown();
			client.expect("Hno").closed();
			server.stop();
			this.log.saw();
		}
	}

	@Test
	void connectBeginsAfterTheAcknowledgement() {
		CompletableFuture<CompletableFuture<NSConn>> connecting = new CompletableFuture<>();
		try (TestServer server = server((conn) -> connecting.complete(conn.connectAsync("chat")))) {
			WireClient client = server.open();
			assertThat(connecting.join()).isNotDone();
			assertThat(client.socket().written()).isEmpty();
			client.ack();
			client.answer(client.next(), "").expectNothing();
			assertThat(connecting.join().join().namespace()).isEqualTo("chat");
			this.log.saw("NamespaceConnect+", "NamespaceConnected+");
			server.expectNoTimers();
		}
	}

	@Test
	void connectOfAClientThatGoesBeforeItsAcknowledgementFails() {
		CompletableFuture<CompletableFuture<NSConn>> connecting = new CompletableFuture<>();
		try (TestServer server = server((conn) -> connecting.complete(conn.connectAsync("chat")))) {
			WireClient client = server.open();
			CompletableFuture<NSConn> future = connecting.join();
			client.vanish();
			assertThatThrownBy(future::get).hasMessageContaining("closed");
			server.stop();
			this.log.saw("disconnect c1 []");
			server.expectNoTimers();
		}
	}

	@Test
	void blockingConnectFailsFastAndBeginsNothing() {
		try (TestServer server = server((conn) -> {
			try {
				conn.connect("chat");
			}
			catch (IllegalStateException ex) {
				this.log.add(ex.getMessage());
			}
		})) {
			server.open().ack().expectNothing();
			assertThat(this.log.lines()).singleElement().asString().contains("OnConnect", "...Async");
		}
	}

	@Test
	void clientThatSaysNothingIsClosed() {
		try (TestServer server = new TestServer(namespaces((conn) -> {
		}), IMPATIENT)) {
			CloseReason reason = server.open().closed();
			assertThat(reason.code()).isEqualTo(CloseReason.POLICY_VIOLATION);
			server.stop();
			assertThat(server.observer().closed()).containsExactly(CloseCause.HANDSHAKE_TIMEOUT);
			this.log.saw("disconnect c1 []");
		}
	}

	@Test
	void deadlineEndsWithTheAcknowledgement() {
		try (TestServer server = server((conn) -> {
		})) {
			WireClient client = server.open();
			assertThat(server.timers()).isOne();
			client.ack();
			server.expectNoTimers();
		}
	}

	@Test
	void handlerThatHangsMeetsTheDeadline() {
		CountDownLatch released = new CountDownLatch(1);
		try (TestServer server = new TestServer(namespaces((conn) -> released.await()), IMPATIENT)) {
			WireClient client = server.open().say("M");
			assertThat(client.closed().code()).isEqualTo(CloseReason.POLICY_VIOLATION);
			released.countDown();
			server.stop();
			assertThat(client.socket().written()).isEmpty();
		}
	}

	@Test
	void handshakeTellsOfAReconnection() {
		try (TestServer server = server((conn) -> this.log.add(conn.wasReconnected() + " " + conn.reconnectTries()))) {
			server.open("a", Map.of("X-Websocket-Reconnect", List.of("3"))).ack();
			server.open("b", Map.of("X-Websocket-Reconnect", List.of("many"))).ack();
			server.open("c").ack();
			this.log.saw("true 3", "false 0", "false 0");
		}
	}

	@Test
	void secondAcknowledgementIsAnInvalidMessage() {
		try (TestServer server = server((conn) -> {
		})) {
			server.open().ack().say("M").say("Aother").say("H").expectNothing();
			assertThat(server.connections()).hasSize(1);
		}
	}

	@Test
	void closedServerTakesNoMore() {
		try (TestServer server = server((conn) -> {
		})) {
			WireClient client = server.client("chat");
			server.stop();
			assertThat(client.closed().code()).isEqualTo(CloseReason.GOING_AWAY);
			assertThat(server.open().closed().code()).isEqualTo(CloseReason.GOING_AWAY);
			assertThat(server.connections()).isEmpty();
			assertThat(server.observer().closed()).contains(CloseCause.SHUTDOWN);
		}
	}

}
