package io.neffos.server;

import java.net.SocketTimeoutException;
import java.time.Duration;

import io.neffos.NSConn;
import io.neffos.SystemEvents;
import io.neffos.engine.EngineSettings;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A slow or broken receiver harms only itself (B12). */
class SlowReceiverTests {

	private final EventLog log = new EventLog();

	private TestServer server(EngineSettings settings) {
		return new TestServer(TestServer.namespaces((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_LEFT, this.log::event)
					.on(SystemEvents.NAMESPACE_DISCONNECT, this.log::event))),
				settings);
	}

	private static EngineSettings outbox(int frames, int bytes) {
		return TestServer.settings(TestServer.SETTINGS).outbox(frames, bytes).build();
	}

	/** From now on the receiver reads nothing, and one message is under way to it. */
	private static void stick(WireClient client, NSConn ns) {
		client.socket().stall();
		ns.emit("stuck", "");
		client.socket().awaitStuck();
	}

	private void tooSlow(TestServer server, WireClient slow) {
		assertThat(slow.closed().code()).isEqualTo(CloseReason.POLICY_VIOLATION);
		assertThat(slow.closed().reason()).isEqualTo("too slow");
		this.log.awaits("RoomLeft a+!", "NamespaceDisconnect+!");
		assertThat(server.observer().overflows()).isOne();
		assertThat(server.observer().closed()).containsExactly(CloseCause.TOO_SLOW);
		assertThat(server.connectionsById(slow.id())).isEmpty();
	}

	@Test
	void moreFramesThanTheBoundCloseItAndOthersGetEverything() {
		try (TestServer server = server(outbox(8, 1024 * 1024))) {
			WireClient slow = server.client("chat").join("chat", "a");
			WireClient fast = server.client("chat").join("chat", "a");
			stick(slow, slow.on(server).namespace("chat"));
			for (int i = 0; i < 100; i++) {
				server.server().namespace("chat").room("a").emit("tick", "" + i);
				server.settle();
				fast.expect(";chat;a;tick;0;0;" + i);
				assertThat(slow.socket().closed().isDone()).as("closed after %s", i).isEqualTo(i >= 8);
			}
			tooSlow(server, slow);
			server.expectSize("chat", "a", 1);
		}
	}

	@Test
	void moreBytesThanTheBoundCloseIt() {
		try (TestServer server = server(outbox(4096, 1000))) {
			WireClient slow = server.client("chat").join("chat", "a");
			NSConn ns = slow.on(server).namespace("chat");
			stick(slow, ns);
			assertThat(ns.emit("waits", "x".repeat(900))).isTrue();
			assertThat(slow.socket().closed()).isNotDone();
			ns.emit("too much", "x".repeat(900));
			tooSlow(server, slow);
			assertThat(ns.emit("late", "")).isFalse();
		}
	}

	@Test
	void writeThatLastsLongerThanTheTimeoutClosesIt() {
		try (TestServer server = server(
				TestServer.settings(TestServer.SETTINGS).sendTimeout(Duration.ofMillis(200)).build())) {
			WireClient slow = server.client("chat").join("chat", "a");
			NSConn ns = slow.on(server).namespace("chat");
			stick(slow, ns);
			await().atMost(Duration.ofSeconds(20)).until(() -> !ns.emit("tick", ""));
			tooSlow(server, slow);
		}
	}

	@Test
	void socketThatReportsATimeoutIsTooSlow() {
		try (TestServer server = server(TestServer.SETTINGS)) {
			WireClient slow = server.client("chat").join("chat", "a");
			slow.socket().failWith(new SocketTimeoutException("write"));
			slow.on(server).namespace("chat").emit("tick", "");
			tooSlow(server, slow);
		}
	}

	@Test
	void socketThatFailsIsClosedAndTheHandlersOfTheEndRun() {
		try (TestServer server = server(TestServer.SETTINGS)) {
			WireClient broken = server.client("chat").join("chat", "a");
			WireClient other = server.client("chat").join("chat", "a");
			broken.socket().failWith(new IllegalStateException("broken pipe"));
			server.server().namespace("chat").room("a").emit("tick", "");
			other.expect(";chat;a;tick;0;0;");
			broken.closed();
			this.log.awaits("RoomLeft a+!", "NamespaceDisconnect+!");
			assertThat(server.observer().closed()).containsExactly(CloseCause.PEER);
			assertThat(server.observer().overflows()).isZero();
		}
	}

	@Test
	void receiverThatRecoversInTimeGetsEverythingInOrder() {
		try (TestServer server = server(outbox(100, 1024 * 1024))) {
			WireClient client = server.client("chat").join("chat", "a");
			NSConn ns = client.on(server).namespace("chat");
			stick(client, ns);
			for (int i = 0; i < 100; i++) {
				ns.emit("tick", "" + i);
			}
			client.socket().resume();
			client.expect(";chat;;stuck;0;0;");
			for (int i = 0; i < 100; i++) {
				client.expect(";chat;;tick;0;0;" + i);
			}
			client.expectNothing();
		}
	}

	@Test
	void closeWritesWhatIsQueuedFirst() {
		try (TestServer server = server(TestServer.SETTINGS)) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			stick(client, ns);
			ns.emit("last words", "");
			ns.conn().close(4000, "bye");
			assertThat(ns.emit("late", "")).isFalse();
			assertThat(client.socket().closed()).isNotDone();
			client.socket().resume();
			client.expect(";chat;;stuck;0;0;").expect(";chat;;last words;0;0;");
			assertThat(client.closed()).isEqualTo(new CloseReason(4000, "bye"));
		}
	}

	@Test
	void closeDoesNotWaitForeverForAStalledReceiver() {
		try (TestServer server = server(
				TestServer.settings(TestServer.SETTINGS).sendTimeout(Duration.ofMillis(30)).build())) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			stick(client, ns);
			ns.conn().close(4000, "bye");
			assertThat(client.closed().code()).isEqualTo(4000);
		}
	}

	@Test
	void closeEndsASocketThatFailsMeanwhile() {
		try (TestServer server = server(
				TestServer.settings(TestServer.SETTINGS).connectGap(Duration.ofHours(1)).build())) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			assertThat(ns.emit("held back", "")).isTrue();
			client.socket().failWith(new IllegalStateException("broken pipe"));
			ns.conn().close();
			client.closed();
		}
	}

}
