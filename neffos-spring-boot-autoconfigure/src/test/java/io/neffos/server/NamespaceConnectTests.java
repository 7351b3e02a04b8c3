package io.neffos.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.neffos.BadNamespaceException;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Connecting namespaces, asked by either side (protocol sections 7.1 to 7.3). */
class NamespaceConnectTests {

	private final EventLog log = new EventLog();

	private TestServer server() {
		return TestServer.of((namespaces) -> namespaces.namespace("chat", this.log::system)
			.namespace("private", (events) -> events.on(SystemEvents.NAMESPACE_CONNECT, (ns, msg) -> {
				this.log.event(ns, msg);
				throw new RefusedException("members only");
			}).on(SystemEvents.NAMESPACE_CONNECTED, this.log::event)));
	}

	@Test
	void clientConnectsAndIsToldBeforeConnectedFires() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.NAMESPACE_CONNECT, this.log::event)
					.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> {
						this.log.event(ns, msg);
						ns.emit("welcome", "you");
					})))) {
			WireClient client = server.client("chat").expect(";chat;;welcome;0;0;you");
			assertThat(server.connections("chat")).containsExactly(client.on(server).namespace("chat"));
			this.log.saw("NamespaceConnect", "NamespaceConnected");
		}
	}

	@Test
	void secondConnectOfTheClientGetsAnEmptyReplyAndNoEvents() {
		try (TestServer server = server()) {
			server.client("chat").connect("chat").expectNothing();
			server.everywhere((one) -> assertThat(one.connectionCount("chat")).isOne());
			this.log.saw("NamespaceConnect", "NamespaceConnected");
		}
	}

	@Test
	void twoConnectsAtOnceOfTheClientAreMerged() {
		CompletableFuture<Object> decision = new CompletableFuture<>();
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.onAsk(SystemEvents.NAMESPACE_CONNECT, (ns, msg) -> {
					this.log.event(ns, msg);
					return decision;
				}).on(SystemEvents.NAMESPACE_CONNECTED, this.log::event)))) {
			WireClient client = server.open().ack();
			client.say("$1;chat;;_OnNamespaceConnect;0;0;").say("$2;chat;;_OnNamespaceConnect;0;0;");
			decision.complete("yes");
			client.expect("$1;;;;;;").expect("$2;;;;;;").expectNothing();
			this.log.saw("NamespaceConnect", "NamespaceConnected");
		}
	}

	@Test
	void refusedConnectOfTheClientIsToldWhyAndLeavesNoTrace() {
		try (TestServer server = server()) {
			WireClient client = server.open().ack().say("$1;private;;_OnNamespaceConnect;0;0;");
			client.expect("$1;private;;_OnNamespaceConnect;1;0;members only").expectNothing();
			assertThat(server.connections("private")).isEmpty();
			assertThat(client.on(server).namespaces()).isEmpty();
			this.log.saw("NamespaceConnect");
		}
	}

	@Test
	void undeclaredNamespaceIsABadNamespace() {
		try (TestServer server = server()) {
			WireClient client = server.open().ack().say("$1;nowhere;;_OnNamespaceConnect;0;0;");
			client.expect("$1;nowhere;;_OnNamespaceConnect;1;0;bad namespace");
			assertThatThrownBy(() -> client.on(server).connect("nowhere")).isInstanceOf(BadNamespaceException.class)
				.hasMessageContaining("chat");
			client.expectNothing();
			this.log.saw();
		}
	}

	@Test
	void connectWithoutATokenOrAsANoOpIsIgnored() {
		try (TestServer server = server()) {
			server.open()
				.ack()
				.say(";chat;;_OnNamespaceConnect;0;0;")
				.say("$1;chat;;_OnNamespaceConnect;0;1;")
				.expectNothing();
			this.log.saw();
		}
	}

	@Test
	void serverConnectsTheClient() {
		try (TestServer server = server()) {
			WireClient client = server.client();
			CompletableFuture<NSConn> connecting = client.on(server).connectAsync("chat");
			String request = client.next();
			assertThat(request).matches("\\d+;chat;;_OnNamespaceConnect;0;0;");
			assertThat(client.on(server).namespace("chat")).isNull();
			client.answer(request, "");
			NSConn ns = connecting.join();
			assertThat(server.connections("chat")).containsExactly(ns);
			assertThat(client.on(server).connect("chat")).isSameAs(ns);
			client.expectNothing();
			this.log.saw("NamespaceConnect+", "NamespaceConnected+");
			server.expectNoTimers();
		}
	}

	@Test
	void ownRefusalOfAConnectIsDecidedBeforeTheClientIsAsked() {
		try (TestServer server = server()) {
			WireClient client = server.client();
			assertThatThrownBy(() -> client.on(server).connect("private")).isInstanceOf(RefusedException.class)
				.hasMessage("members only");
			client.expectNothing();
			this.log.saw("NamespaceConnect+");
		}
	}

	@Test
	void clientRefusesTheServersConnect() {
		try (TestServer server = server()) {
			WireClient client = server.client();
			CompletableFuture<NSConn> connecting = client.on(server).connectAsync("chat");
			client.refuse(client.next(), "bad namespace");
			assertThatThrownBy(connecting::get).hasCauseInstanceOf(BadNamespaceException.class);
			CompletableFuture<NSConn> again = client.on(server).connectAsync("chat");
			client.refuse(client.next(), "rather not");
			assertThatThrownBy(again::get).hasCauseInstanceOf(RefusedException.class)
				.hasMessageContaining("rather not");
			assertThat(client.on(server).namespaces()).isEmpty();
			this.log.saw("NamespaceConnect+", "NamespaceConnect+");
			server.expectNoTimers();
		}
	}

	@Test
	void concurrentConnectsOfTheServerShareOneRequest() {
		try (TestServer server = server()) {
			WireClient client = server.client();
			CompletableFuture<NSConn> one = client.on(server).connectAsync("chat");
			CompletableFuture<NSConn> two = client.on(server).connectAsync("chat");
			client.answer(client.next(), "").expectNothing();
			assertThat(one.join()).isSameAs(two.join());
			this.log.saw("NamespaceConnect+", "NamespaceConnected+");
		}
	}

	@Test
	void whoGivesUpSharedConnectDoesNotTakeItFromTheOthers() {
		try (TestServer server = server()) {
			WireClient client = server.client();
			CompletableFuture<NSConn> one = client.on(server).connectAsync("chat");
			CompletableFuture<NSConn> two = client.on(server).connectAsync("chat");
			one.cancel(false);
			client.answer(client.next(), "");
			assertThat(two).succeedsWithin(Duration.ofSeconds(20));
		}
	}

	@Test
	void concurrentJoinsOfTheServerShareOneRequest() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").expectNothing();
			this.log.clear();
			NSConn ns = client.on(server).namespace("chat");
			var one = ns.joinRoomAsync("a");
			var two = ns.joinRoomAsync("a");
			client.answer(client.next(), "").expectNothing();
			assertThat(one.join()).isSameAs(two.join());
			this.log.saw("RoomJoin a+", "RoomJoined a+");
		}
	}

	@Test
	void joinsOfBothSidesAtOnceMakeOneMembership() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").expectNothing();
			NSConn ns = client.on(server).namespace("chat");
			var joining = ns.joinRoomAsync("a");
			String request = client.next();
			client.join("chat", "a").answer(request, "").expectNothing();
			assertThat(joining.join()).isSameAs(ns.room("a"));
			assertThat(server.members("chat", "a")).containsExactly(ns);
			assertThat(this.log.lines()).containsOnlyOnce("RoomJoined a");
		}
	}

	@Test
	void connectOnAClosedConnectionFails() {
		try (TestServer server = server()) {
			WireClient client = server.client();
			var conn = client.on(server);
			client.vanish();
			assertThatThrownBy(() -> conn.connect("chat")).isInstanceOf(WriteClosedException.class);
			server.expectNoTimers();
		}
	}

}
