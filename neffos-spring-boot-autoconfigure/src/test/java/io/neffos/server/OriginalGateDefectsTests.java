package io.neffos.server;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.neffos.AskTimeoutException;
import io.neffos.HandshakeInfo;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.FakeSocket;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Defects of the original server that this one does not have, as far as they concern who
 * is let in and what a peer may cause. Named after protocol section 14.1.
 */
class OriginalGateDefectsTests {

	private static final HandshakeInfo HANDSHAKE = new HandshakeInfo(URI.create("ws://localhost/"), Map.of(), null,
			null, null);

	private final EventLog log = new EventLog();

	private TestServer logging() {
		return TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> this.log.system(events).on("say", this.log::event)));
	}

	@Test
	void g6_clientCannotChooseItsId() {
		try (TestServer server = logging()) {
			WireClient liar = server.open().say("Aadmin");
			assertThat(liar.closed().code()).isEqualTo(CloseReason.PROTOCOL_ERROR);
			assertThat(server.open().say("Hno").closed().code()).isEqualTo(CloseReason.PROTOCOL_ERROR);
			assertThat(server.connections()).isEmpty();
			assertThat(liar.socket().written()).isEmpty();
		}
	}

	@Test
	void g7_refusalOfOnConnectCountsWhateverIsSentMeanwhile() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch sent = new CountDownLatch(1);
		try (TestServer server = TestServer.of((namespaces) -> namespaces.onConnect((conn) -> {
			conn.connectAsync("chat");
			entered.countDown();
			sent.await();
			throw new RefusedException("not you");
		}).namespace("chat", this.log::system))) {
			WireClient client = server.open().say("M").say("$1;chat;;_OnNamespaceConnect;0;0;");
			entered.await();
			server.server().namespace("chat").emit("tick", "");
			sent.countDown();
			client.expect("Hnot you");
			assertThat(client.closed().code()).isEqualTo(CloseReason.POLICY_VIOLATION);
			server.stop();
			assertThat(client.socket().written()).isEmpty();
			this.log.saw();
			assertThat(server.observer().closed()).containsExactly(CloseCause.REFUSED);
		}
	}

	@Test
	void g8_refusalOfOnConnectClosesNativeOnlyConnectionsToo() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.onConnect((conn) -> {
			throw new RefusedException("not you");
		}).namespace("", (events) -> events.on(SystemEvents.NATIVE_MESSAGE, this.log::event)))) {
			WireClient client = server.open().say("hello");
			assertThat(client.closed().code()).isEqualTo(CloseReason.POLICY_VIOLATION);
			server.stop();
			this.log.saw();
			assertThat(client.socket().written()).isEmpty();
		}
	}

	@Test
	void g13_ownRefusalOfALeaveIsDecidedBeforeThePeerIsAsked() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_LEAVE, (ns, msg) -> {
					throw new RefusedException("stay");
				})))) {
			WireClient client = server.client("chat").join("chat", "a");
			NSConn ns = client.on(server).namespace("chat");
			assertThatThrownBy(() -> ns.room("a").leave()).isInstanceOf(RefusedException.class).hasMessage("stay");
			client.expectNothing();
			server.expectSize("chat", "a", 1);
		}
	}

	@Test
	void g14_replyToAJoinComesBeforeWhatOnRoomJoinedSends() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat", (events) -> events
			.on(SystemEvents.ROOM_JOINED, (ns, msg) -> ns.room(msg.room()).emit("hello", "all"))))) {
			server.client("chat").join("chat", "a").expect(";chat;a;hello;0;0;all");
		}
	}

	@Test
	void g15_simultaneousConnectKeepsWhatIsStored() {
		try (TestServer server = logging()) {
			WireClient client = server.open().ack();
			CompletableFuture<NSConn> connecting = client.on(server).connectAsync("chat");
			String request = client.next();
			client.connect("chat").join("chat", "a");
			NSConn stored = client.on(server).namespace("chat");
			client.answer(request, "");
			assertThat(connecting.join()).isSameAs(stored);
			assertThat(stored.room("a")).isNotNull();
			assertThat(server.connections("chat")).containsExactly(stored);
			this.log.saw("NamespaceConnect+", "NamespaceConnect", "NamespaceConnected", "RoomJoin a", "RoomJoined a");
		}
	}

	@Test
	void g17_connectThatWaitsForAnAcknowledgementHasADeadline() {
		CompletableFuture<CompletableFuture<NSConn>> connecting = new CompletableFuture<>();
		try (TestServer server = TestServer.of((namespaces) -> namespaces
			.onConnect((conn) -> connecting.complete(conn.connectAsync("chat", Duration.ofMillis(30))))
			.namespace("chat", this.log::system))) {
			WireClient client = server.open();
			assertThatThrownBy(() -> connecting.join().get()).hasCauseInstanceOf(AskTimeoutException.class);
			client.ack().expectNothing();
			this.log.saw();
		}
	}

	@Test
	void g18_nothingIsKeptForAClientBeforeItsAcknowledgement() {
		try (TestServer server = logging()) {
			WireClient early = server.open().say("$1;chat;;_OnNamespaceConnect;0;0;");
			assertThat(early.closed().code()).isEqualTo(CloseReason.PROTOCOL_ERROR);
			this.log.saw();
		}
		try (TestServer server = new TestServer(TestServer.namespaces((namespaces) -> {
		}), TestServer.settings(TestServer.SETTINGS).handshakeTimeout(Duration.ofMillis(30)).build())) {
			assertThat(server.open().closed().code()).isEqualTo(CloseReason.POLICY_VIOLATION);
		}
	}

	@Test
	void g18_unknownNamespacesLeaveNothing() {
		try (TestServer server = logging()) {
			WireClient client = server.client("chat");
			for (int i = 0; i < 200; i++) {
				client.say(";unknown" + i + ";;say;0;0;");
			}
			client.expectNothing();
			assertThat(client.on(server).namespaces()).hasSize(1);
			assertThat(server.server().namespaces()).containsExactly("chat");
			assertThat(server.observer().dropped()).filteredOn(DropReason.BAD_NAMESPACE::equals)
				.hasSizeGreaterThanOrEqualTo(200);
		}
	}

	@Test
	void g19_connectionsThatShareAnIdAreAllListed() {
		try (TestServer server = logging()) {
			WireClient one = server.open("same").ack().connect("chat");
			WireClient two = server.open("same").ack().connect("chat");
			assertThat(server.connections()).hasSize(2);
			assertThat(server.connectionsById("same")).hasSize(2);
			assertThat(server.connections("chat")).hasSize(2);
			one.vanish();
			assertThat(server.connectionsById("same")).hasSize(1);
			server.server().namespace("chat").to("same").emit("tick", "");
			two.expect(";chat;;tick;0;0;");
		}
	}

	@Test
	void g21_foreignSystemEventsReachNoHandler() {
		try (TestServer server = logging()) {
			WireClient client = server.client("chat").expectNothing();
			this.log.clear();
			for (String event : new String[] { "_OnNamespaceConnected", "_OnRoomJoined", "_OnRoomLeft", "_OnAnyEvent",
					"_OnNativeMessage" }) {
				client.say(";chat;a;" + event + ";0;0;").say("$1;chat;a;" + event + ";0;0;");
			}
			client.expectNothing();
			this.log.saw();
			assertThat(server.observer().dropped()).filteredOn(DropReason.FOREIGN_SYSTEM_EVENT::equals).hasSize(10);
		}
	}

	@Test
	void g21_roomsThatTheSenderHasNotJoinedCannotBeNamed() {
		try (TestServer server = logging()) {
			WireClient member = server.client("chat").join("chat", "a").expectNothing();
			WireClient stranger = server.client("chat").expectNothing();
			this.log.clear();
			stranger.say(";chat;a;say;0;0;psst").expectNothing();
			stranger.say("$1;chat;a;say;0;0;psst").expect("$1;chat;a;say;1;0;bad room");
			member.expectNothing();
			this.log.saw();
			assertThat(server.observer().dropped()).contains(DropReason.BAD_ROOM);
		}
	}

	@Test
	void g22_closeFrameIsSent() {
		try (TestServer server = logging()) {
			WireClient client = server.client("chat");
			client.on(server).close();
			assertThat(client.closed()).isEqualTo(new CloseReason(CloseReason.NORMAL, ""));
		}
	}

	@Test
	void g23_errorFramesAreNeverAnswered() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.onAsk("echo", (ns, msg) -> msg.text()).onAsk("pong", (ns, msg) -> {
					throw new RefusedException("pong");
				})))) {
			WireClient client = server.client("chat");
			client.say(";chat;;echo;1;0;ping").say("$1;chat;;echo;1;0;ping").say(";chat;;pong;1;0;ping");
			client.say("$2;chat;;pong;1;0;ping").say("$3;chat;;nobody;1;0;ping").say("$4;other;;echo;1;0;ping");
			client.expectNothing();
		}
	}

	@Test
	void g24_emptyIdsAreRefused() {
		try (TestServer server = logging()) {
			assertThatIllegalArgumentException().isThrownBy(() -> server.server().open(new FakeSocket(), HANDSHAKE, ""))
				.withMessageContaining("empty");
			assertThat(server.connections()).isEmpty();
		}
	}

}
