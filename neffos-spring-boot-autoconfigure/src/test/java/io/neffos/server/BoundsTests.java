package io.neffos.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.neffos.BadRoomException;
import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.LogTap;
import io.neffos.testkit.SettingsBuilder;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Bounds on what a peer may send or hold, and what happens past them (B14). */
class BoundsTests {

	private final EventLog log = new EventLog();

	private final CountDownLatch released = new CountDownLatch(1);

	private final LogTap tap = new LogTap();

	private static SettingsBuilder settings() {
		return TestServer.settings(TestServer.SETTINGS);
	}

	private TestServer server(SettingsBuilder settings) {
		return new TestServer(TestServer.namespaces(
				(namespaces) -> namespaces
					.namespace("chat",
							(events) -> events.on("say", (ns, msg) -> this.log.add(msg.text()))
								.on("block", (ns, msg) -> this.released.await()))
					.namespace("news", (events) -> {
					})
					.namespace("game", (events) -> {
					})),
				settings.build());
	}

	@AfterEach
	void nothingIsLogged() {
		this.tap.close();
		assertThat(this.tap.texts()).isEmpty();
	}

	private void closedFor(TestServer server, WireClient client, int code, CloseCause cause) {
		assertThat(client.closed().code()).isEqualTo(code);
		this.released.countDown();
		server.server().close();
		assertThat(server.observer().closed()).containsExactly(cause);
		assertThat(server.server().connections()).isEmpty();
		assertThat(server.server().connections("chat")).isEmpty();
	}

	@Test
	void biggerFrameClosesWith1009() {
		String exact = ";chat;;say;0;0;" + "x".repeat(49);
		try (TestServer server = server(settings().names(exact.length(), 256, 64, 1000))) {
			WireClient client = server.client("chat").say(exact);
			client.expectNothing();
			this.log.saw("x".repeat(49));
			client.say(exact + "x");
			closedFor(server, client, CloseReason.TOO_BIG, CloseCause.TOO_BIG);
			this.log.saw("x".repeat(49));
		}
	}

	@Test
	void longerNamesAreRefusedToAskersAndDroppedOtherwise() {
		String eight = "12345678";
		String nine = "123456789";
		try (TestServer server = server(settings().names(64 * 1024, 8, 64, 1000))) {
			WireClient client = server.open().ack();
			// The events that connect are longer than eight, so nothing can.
			client.say("$1;chat;;_OnNamespaceConnect;0;0;").expect("$1;;;;1;0;name too long");
			client.say("$2;" + nine + ";;say;0;0;").expect("$2;;;;1;0;name too long");
			client.say("$3;chat;" + nine + ";say;0;0;").expect("$3;;;;1;0;name too long");
			client.say("$4;chat;;" + nine + ";0;0;").expect("$4;;;;1;0;name too long");
			client.say("$5;" + eight + ";" + eight + ";" + eight + ";0;0;")
				.expect("$5;" + eight + ";" + eight + ";" + eight + ";1;0;bad namespace");
			client.say("$" + eight + ";chat;;say;0;0;").say(";" + nine + ";;say;0;0;");
			client.say("$6;chat;;say;0;0;").expect("$6;chat;;say;1;0;bad namespace");
			assertThat(server.observer().dropped()).filteredOn(DropReason.NAME_TOO_LONG::equals).hasSize(6);
		}
	}

	@Test
	void serverCannotJoinRoomsWithoutOrWithLongNames() {
		try (TestServer server = server(settings().names(64 * 1024, 32, 64, 1000))) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			assertThatThrownBy(() -> ns.joinRoom("x".repeat(33))).isInstanceOf(BadRoomException.class)
				.hasMessageContaining("32");
			assertThatThrownBy(() -> ns.joinRoom("")).isInstanceOf(BadRoomException.class);
			client.expectNothing();
			client.say("$1;chat;;_OnRoomJoin;0;0;").expect("$1;chat;;_OnRoomJoin;1;0;bad room");
		}
	}

	@Test
	void moreNamespacesAreRefused() {
		try (TestServer server = server(settings().names(64 * 1024, 256, 2, 1000))) {
			WireClient client = server.client("chat", "news");
			client.say("$1;game;;_OnNamespaceConnect;0;0;")
				.expect("$1;game;;_OnNamespaceConnect;1;0;too many namespaces");
			Conn conn = client.on(server);
			assertThatThrownBy(() -> conn.connect("game")).isInstanceOf(RefusedException.class)
				.hasMessage("too many namespaces");
			client.say("$2;news;;_OnNamespaceDisconnect;0;0;").expect("$2;;;;;;").connect("game").expectNothing();
		}
	}

	@Test
	void moreRoomsOverAllNamespacesAreRefused() {
		try (TestServer server = server(settings().names(64 * 1024, 256, 64, 2))) {
			WireClient client = server.client("chat", "news").join("chat", "a").join("news", "a").join("chat", "a");
			client.say("$1;chat;b;_OnRoomJoin;0;0;").expect("$1;chat;b;_OnRoomJoin;1;0;too many rooms");
			NSConn ns = client.on(server).namespace("chat");
			assertThatThrownBy(() -> ns.joinRoom("b")).isInstanceOf(RefusedException.class)
				.hasMessage("too many rooms");
			client.say("$2;news;;_OnNamespaceDisconnect;0;0;").expect("$2;;;;;;").join("chat", "b").expectNothing();
			assertThat(server.observer().joins()).containsExactly("chat:JOINED", "news:JOINED", "chat:REFUSED",
					"chat:REFUSED", "chat:JOINED");
		}
	}

	@Test
	void moreJoinsOfTheServerAtOnceAreRefused() {
		try (TestServer server = server(settings().names(64 * 1024, 256, 64, 2))) {
			WireClient client = server.client("chat").join("chat", "a");
			NSConn ns = client.on(server).namespace("chat");
			var one = ns.joinRoomAsync("b");
			var two = ns.joinRoomAsync("c");
			client.answer(client.next(), "");
			one.join();
			for (String frame : client.drain()) {
				client.answer(frame, "");
			}
			assertThatThrownBy(two::get).hasCauseInstanceOf(RefusedException.class);
			assertThat(ns.rooms()).hasSize(2);
		}
	}

	@Test
	void moreAsksFailAtOnce() {
		try (TestServer server = server(settings().inbound(2, 1024, 1000, 2000))) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			CompletableFuture<Message> one = ns.askAsync("q", "1");
			CompletableFuture<Message> two = ns.askAsync("q", "2");
			assertThatThrownBy(() -> ns.ask("q", "3")).isInstanceOf(NeffosException.class)
				.hasMessageContaining("too many pending asks");
			client.answer(client.next(), "1");
			assertThat(one.join().text()).isEqualTo("1");
			CompletableFuture<Message> four = ns.askAsync("q", "4");
			client.answer(client.next(), "2");
			client.answer(client.next(), "4");
			assertThat(two.join().text()).isEqualTo("2");
			assertThat(four.join().text()).isEqualTo("4");
			server.expectNoTimers();
		}
	}

	@Test
	void longerBacklogClosesWith1008AndIsForgotten() {
		try (TestServer server = server(settings().inbound(256, 4, 0, 1))) {
			WireClient client = server.client("chat").say(";chat;;block;0;0;");
			client.say("$0;other;;x;0;0;");
			for (int i = 0; i < 5; i++) {
				client.say(";chat;;say;0;0;" + i);
			}
			closedFor(server, client, CloseReason.POLICY_VIOLATION, CloseCause.TOO_FAST);
			this.log.saw();
		}
	}

	@Test
	void fasterClientIsClosedWith1008() {
		try (TestServer server = server(settings().inbound(256, 1024, 1, 5))) {
			WireClient client = server.client("chat").say(";chat;;block;0;0;");
			for (int i = 0; i < 5; i++) {
				client.say(";chat;;say;0;0;");
			}
			closedFor(server, client, CloseReason.POLICY_VIOLATION, CloseCause.TOO_FAST);
			this.log.saw();
		}
	}

	@Test
	void rateOfZeroIsNoBound() {
		try (TestServer server = server(settings().inbound(256, 100_000, 0, 1))) {
			WireClient client = server.client("chat");
			for (int i = 0; i < 5000; i++) {
				client.say(";chat;;say;0;0;");
			}
			client.expectNothing();
			assertThat(this.log.lines()).hasSize(5000);
		}
	}

}
