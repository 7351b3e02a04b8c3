package io.neffos.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.neffos.AskTimeoutException;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Defects of the original server that this one does not have, as far as they concern
 * asks, broadcasts and locks. Named after protocol section 14.1.
 */
class OriginalDefectsTests {

	private static final Duration SHORT = Duration.ofMillis(30);

	private final EventLog log = new EventLog();

	@Test
	void g1_askInsideHandlerTakesOnlyItsOwnAnswer() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on("start", (ns, msg) -> this.log.add(ns.ask("question", "").text()))
					.on("noise", this.log::event)))) {
			WireClient client = server.client("chat").say(";chat;;start;0;0;");
			String question = client.next();
			client.say(";chat;;noise;0;0;not the answer").answer(question, "the answer").expectNothing();
			this.log.saw("the answer", "noise");
		}
	}

	@Test
	void g3_noBroadcastIsLost() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat", (events) -> {
		}))) {
			List<WireClient> clients = IntStream.range(0, 10).mapToObj((i) -> server.client("chat")).toList();
			for (int i = 0; i < 500; i++) {
				server.server().namespace("chat").emit("tick", "" + i);
			}
			for (WireClient client : clients) {
				for (int i = 0; i < 500; i++) {
					client.expect(";chat;;tick;0;0;" + i);
				}
				client.expectNothing();
			}
		}
	}

	@Test
	void g4_leaveAllHoldsNoLockWhileItAsks() {
		try (TestServer server = roomReader()) {
			WireClient client = server.client("chat").join("chat", "a").join("chat", "b");
			var leaving = client.on(server).namespace("chat").leaveAllAsync();
			String first = client.next();
			client.say(";chat;;rooms;0;0;").join("chat", "c");
			client.answer(first, "");
			client.answer(client.next(), "");
			assertThat(leaving).succeedsWithin(Duration.ofSeconds(20));
			this.log.saw("[a, b]");
			server.expectRooms("chat", "c");
		}
	}

	@Test
	void g4_disconnectAllHoldsNoLockWhileItAsks() {
		try (TestServer server = roomReader()) {
			WireClient client = server.client("chat").join("chat", "a");
			var disconnecting = client.on(server).disconnectAllAsync();
			String request = client.next();
			client.say(";chat;;rooms;0;0;").expectNothing();
			client.answer(request, "");
			assertThat(disconnecting).succeedsWithin(Duration.ofSeconds(20));
			this.log.saw("[a]");
			assertThat(client.on(server).namespaces()).isEmpty();
		}
	}

	@Test
	void g5_handlersOfForcedLeavesReadTheirRooms() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_LEAVE, this::logRooms)
					.on(SystemEvents.ROOM_LEFT, this::logRooms)
					.on(SystemEvents.NAMESPACE_DISCONNECT, this::logRooms)))) {
			server.client("chat").join("chat", "a").join("chat", "b").expectNothing().vanish();
			this.log.awaits("[a, b]", "[b]", "[b]", "[]", "[]");
		}
	}

	@Test
	void g9_lateAnswerToServerAskBlocksNobody() {
		try (TestServer server = roomReader()) {
			WireClient client = server.client("chat");
			var asking = server.server().namespace("chat").askAsync("rooms", "", SHORT);
			String question = client.next();
			assertThat(asking).failsWithin(Duration.ofSeconds(20))
				.withThrowableThat()
				.withCauseInstanceOf(AskTimeoutException.class);
			client.answer(question, "late").answer(question, "later").expectNothing();
			this.log.saw();
			assertThat(server.observer().dropped()).contains(DropReason.LATE_ANSWER, DropReason.LATE_ANSWER);
			server.expectNoTimers();
		}
	}

	@Test
	void g10_losingAnswersAreNoEvents() {
		try (TestServer server = roomReader()) {
			WireClient one = server.client("chat");
			WireClient two = server.client("chat");
			var asking = server.server().namespace("chat").askAsync("rooms", "");
			two.answer(two.next(), "two");
			assertThat(asking.join().text()).isEqualTo("two");
			one.answer(one.next(), "one").expectNothing();
			this.log.saw();
		}
	}

	@Test
	void g11_pendingAsksFailAtClose() {
		try (TestServer server = roomReader()) {
			WireClient client = server.client("chat");
			var one = client.on(server).namespace("chat").askAsync("question", "");
			var all = server.server().namespace("chat").askAsync("question", "");
			client.vanish();
			assertThatThrownBy(one::get).hasCauseInstanceOf(WriteClosedException.class);
			assertThatThrownBy(all::get).hasCauseInstanceOf(WriteClosedException.class);
			server.expectNoTimers();
		}
	}

	@Test
	void g12_askInNamespaceThatIsNotConnectedIsAnswered() {
		try (TestServer server = roomReader()) {
			WireClient client = server.open().ack();
			client.say("$1;chat;;rooms;0;0;").expect("$1;chat;;rooms;1;0;bad namespace");
			client.say("$2;chat;a;_OnRoomJoin;0;0;").expect("$2;chat;a;_OnRoomJoin;1;0;bad namespace");
			client.say("$3;chat;a;_OnRoomLeave;0;0;").expect("$3;chat;a;_OnRoomLeave;1;0;bad namespace");
			client.say(";chat;;rooms;0;0;").expectNothing();
			this.log.saw();
		}
	}

	@Test
	void g16_batchToDifferentIdsIsNotCutShort() {
		try (TestServer server = roomReader()) {
			WireClient one = server.client("chat");
			WireClient two = server.client("chat");
			Message base = Message.of("m").namespace("chat");
			server.server().broadcast(base.body("1").to(one.id()), base.body("2").to(two.id()), base.body("3"));
			one.expect(";chat;;m;0;0;1").expect(";chat;;m;0;0;3").expectNothing();
			two.expect(";chat;;m;0;0;2").expect(";chat;;m;0;0;3").expectNothing();
		}
	}

	@Test
	void g20_blockingCallbackStallsOnlyItsConnection() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		try (TestServer server = TestServer.of((namespaces) -> namespaces.onDisconnect((conn) -> {
			entered.countDown();
			released.await();
		}).namespace("chat", (events) -> {
		}))) {
			server.client("chat").vanish();
			entered.await();
			WireClient other = server.client("chat");
			server.server().namespace("chat").emit("tick", "1");
			other.expect(";chat;;tick;0;0;1");
			released.countDown();
		}
	}

	private TestServer roomReader() {
		return TestServer
			.of((namespaces) -> namespaces.namespace("chat", (events) -> events.on("rooms", this::logRooms)));
	}

	private void logRooms(NSConn ns, Message msg) {
		this.log.add(ns.rooms().stream().map((room) -> room.name()).toList().toString());
	}

}
