package io.neffos.server;

import java.time.Duration;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Disconnecting namespaces, asked by either side (protocol sections 7.4 and 7.5, B16).
 */
class NamespaceDisconnectTests {

	private final EventLog log = new EventLog();

	private TestServer server() {
		return server(Duration.ofSeconds(10));
	}

	private TestServer server(Duration askTimeout) {
		return new TestServer(TestServer.namespaces((namespaces) -> namespaces.namespace("chat", this.log::system)
			.namespace("news", this.log::system)
			.namespace("sticky", (events) -> events.on(SystemEvents.NAMESPACE_DISCONNECT, (ns, msg) -> {
				this.log.event(ns, msg);
				throw new RefusedException("stay");
			}))), TestServer.settings(TestServer.SETTINGS).askTimeout(askTimeout).build());
	}

	@Test
	void clientDisconnectsAndLeavesItsRooms() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").join("chat", "b").expectNothing();
			this.log.clear();
			client.say("$9;chat;;_OnNamespaceDisconnect;0;0;").expect("$9;;;;;;").expectNothing();
			this.log.saw("NamespaceDisconnect", "RoomLeave a!", "RoomLeft a!", "RoomLeave b!", "RoomLeft b!");
			server.expectRooms("chat");
			assertThat(server.connections("chat")).isEmpty();
			assertThat(client.on(server).namespaces()).isEmpty();
		}
	}

	@Test
	void serverRefusesTheClientsDisconnect() {
		try (TestServer server = server()) {
			WireClient client = server.client("sticky").join("sticky", "a");
			client.say("$9;sticky;;_OnNamespaceDisconnect;0;0;")
				.expect("$9;sticky;;_OnNamespaceDisconnect;1;0;stay")
				.expectNothing();
			server.expectSize("sticky", "a", 1);
			server.everywhere((one) -> assertThat(one.connectionCount("sticky")).isOne());
		}
	}

	@Test
	void disconnectOfWhatIsNotConnectedGetsAnEmptyReply() {
		try (TestServer server = server()) {
			server.open().ack().say("$9;chat;;_OnNamespaceDisconnect;0;0;").expect("$9;;;;;;").expectNothing();
			this.log.saw();
		}
	}

	@Test
	void serverDisconnectsTheClient() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").expectNothing();
			this.log.clear();
			NSConn ns = client.on(server).namespace("chat");
			var disconnecting = ns.disconnectAsync();
			String request = client.next();
			assertThat(request).matches("\\d+;chat;;_OnNamespaceDisconnect;0;0;");
			this.log.saw();
			client.answer(request, "");
			disconnecting.join();
			this.log.saw("RoomLeave a+!", "RoomLeft a+!", "NamespaceDisconnect+");
			assertThat(server.connections("chat")).isEmpty();
			assertThat(ns.emit("tick", "")).isFalse();
			assertThatThrownBy(ns::disconnect).isInstanceOf(BadNamespaceException.class);
			client.expectNothing();
			server.expectNoTimers();
		}
	}

	@Test
	void neitherTheClientNorItsOwnHandlerRefusesTheServersDisconnect() {
		try (TestServer server = server()) {
			WireClient client = server.client("sticky").join("sticky", "a");
			var disconnecting = client.on(server).namespace("sticky").disconnectAsync();
			client.refuse(client.next(), "rather not");
			disconnecting.join();
			this.log.saw("NamespaceDisconnect+");
			server.expectRooms("sticky");
			assertThat(server.connections("sticky")).isEmpty();
		}
	}

	@Test
	void silentClientIsDisconnectedAllTheSame() {
		try (TestServer server = server(Duration.ofMillis(30))) {
			WireClient client = server.client("chat").join("chat", "a").expectNothing();
			this.log.clear();
			assertThatThrownBy(() -> client.on(server).namespace("chat").disconnect())
				.isInstanceOf(AskTimeoutException.class);
			this.log.awaits("RoomLeave a+!", "RoomLeft a+!", "NamespaceDisconnect+");
			server.expectRooms("chat");
			assertThat(server.connections("chat")).isEmpty();
			server.expectNoTimers();
		}
	}

	@Test
	void disconnectAllDisconnectsOneAfterTheOther() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat", "news");
			var all = client.on(server).disconnectAllAsync();
			String first = client.next();
			client.expectNothing();
			client.answer(first, "");
			String second = client.next();
			assertThat(first).contains(";chat;");
			assertThat(second).contains(";news;");
			client.answer(second, "");
			all.join();
			assertThat(client.on(server).namespaces()).isEmpty();
			client.expectNothing();
		}
	}

	@Test
	void disconnectAllStopsAtTheFirstFailure() {
		try (TestServer server = server(Duration.ofMillis(300))) {
			WireClient client = server.client("chat", "news");
			Conn conn = client.on(server);
			assertThatThrownBy(conn::disconnectAll).isInstanceOf(AskTimeoutException.class);
			this.log.awaits("NamespaceConnect", "NamespaceConnected", "NamespaceConnect", "NamespaceConnected",
					"NamespaceDisconnect+");
			assertThat(conn.namespaces()).hasSize(1);
			client.next();
			client.expectNothing();
		}
	}

	@Test
	void namespaceCanBeConnectedAgain() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a");
			NSConn before = client.on(server).namespace("chat");
			client.say("$9;chat;;_OnNamespaceDisconnect;0;0;").expect("$9;;;;;;").connect("chat");
			NSConn after = client.on(server).namespace("chat");
			assertThat(after).isNotSameAs(before);
			assertThat(after.rooms()).isEmpty();
			assertThatThrownBy(() -> before.joinRoom("b")).isInstanceOf(BadNamespaceException.class);
		}
	}

	@Test
	void closeDisconnectsEverythingOnce() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat", "news").join("news", "a").expectNothing();
			this.log.clear();
			Conn conn = client.on(server);
			conn.close();
			conn.close();
			client.vanish();
			server.stop();
			this.log.saw("NamespaceDisconnect+!", "RoomLeave a+!", "RoomLeft a+!", "NamespaceDisconnect+!");
			assertThat(conn.namespaces()).isEmpty();
		}
	}

}
