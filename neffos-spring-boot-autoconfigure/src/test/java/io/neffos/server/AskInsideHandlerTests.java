package io.neffos.server;

import java.util.concurrent.CompletableFuture;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers that wait for their own connection (B9). */
class AskInsideHandlerTests {

	private final EventLog log = new EventLog();

	private final TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat", (events) -> events
		.onAsk("ask", (ns, msg) -> ns.ask("question", "").text())
		.onAsk("ask twice", (ns, msg) -> ns.ask("q1", "").text() + ns.ask("q2", "").text())
		.onAsk("ask later", (ns,
				msg) -> ns.askAsync("q1", "").thenCompose((answer) -> ns.askAsync("q2", answer.text())).join().text())
		.onAsk("ask then join", (ns,
				msg) -> ns.askAsync("q1", "").thenCompose((answer) -> ns.joinRoomAsync(answer.text())).join().name())
		.onAsk("ask server then join", (ns, msg) -> chain(ns).join().name())
		.onAsk("join", (ns, msg) -> ns.joinRoom(msg.text()).name())
		.onAsk("join and leave", (ns, msg) -> {
			Room room = ns.joinRoom(msg.text());
			room.leave();
			return ns.rooms().toString();
		})
		.onAsk("leave all", (ns, msg) -> {
			ns.leaveAll();
			return ns.rooms().toString();
		})
		.onAsk("connect", (ns, msg) -> ns.conn().connect(msg.text()).namespace())
		.onAsk("disconnect", (ns, msg) -> {
			ns.conn().namespace(msg.text()).disconnect();
			return ns.conn().namespaces().size() + "";
		})
		.onAsk("chain",
				(ns, msg) -> ns.joinRoomAsync("a")
					.thenCompose((room) -> ns.joinRoomAsync("b"))
					.thenCompose((room) -> room.leaveAsync())
					.thenApply((done) -> ns.rooms().size() + "")
					.join())
		.onAsk("future", (ns, msg) -> ns.joinRoomAsync("a").thenApply(Room::name))
		.on(SystemEvents.ROOM_JOIN, this::joining)
		.on(SystemEvents.ROOM_JOINED, this.log::event)
		.on("noise", this.log::event)).namespace("game", this.log::system));

	private final WireClient client = this.server.client("chat");

	private CompletableFuture<Room> chain(NSConn ns) {
		return this.server.server()
			.namespace("chat")
			.askAsync("q1", "")
			.thenCompose((answer) -> ns.joinRoomAsync(answer.text()));
	}

	private void joining(NSConn ns, Message msg) {
		this.log.event(ns, msg);
		if (msg.room().equals("quiz") && !ns.ask("quiz", "2+2").text().equals("4")) {
			throw new RefusedException("wrong");
		}
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void handlerAsksItsOwnPeer() {
		this.client.say("$1;chat;;ask;0;0;");
		this.client.answer(this.client.next(), "yes").expect("$1;chat;;ask;0;0;yes");
		this.client.say("$2;chat;;ask twice;0;0;");
		this.client.answer(this.client.next(), "a");
		this.client.answer(this.client.next(), "b").expect("$2;chat;;ask twice;0;0;ab");
		this.client.say("$3;chat;;ask later;0;0;");
		this.client.answer(this.client.next(), "a");
		this.client.answer(this.client.next(), "b").expect("$3;chat;;ask later;0;0;b");
		this.server.expectNoTimers();
	}

	@Test
	void otherMessagesWaitMeanwhile() {
		this.client.say("$1;chat;;join;0;0;a");
		String request = this.client.next();
		this.client.say(";chat;;noise;0;0;");
		this.client.answer(request, "").expect("$1;chat;;join;0;0;a").expectNothing();
		this.log.saw("RoomJoin a+", "RoomJoined a+", "noise");
	}

	@Test
	void joinHandlerAsksBeforeItDecides() {
		this.client.say("$1;chat;quiz;_OnRoomJoin;0;0;");
		this.client.answer(this.client.next(), "5").expect("$1;chat;quiz;_OnRoomJoin;1;0;wrong");
		this.client.say("$2;chat;quiz;_OnRoomJoin;0;0;");
		this.client.answer(this.client.next(), "4").expect("$2;;;;;;");
		this.log.awaits("RoomJoin quiz", "RoomJoin quiz", "RoomJoined quiz");
	}

	@Test
	void handlerJoinsAndLeaves() {
		this.client.say("$1;chat;;join and leave;0;0;a");
		this.client.answer(this.client.next(), "");
		this.client.answer(this.client.next(), "").expect("$1;chat;;join and leave;0;0;[]");
		this.client.join("chat", "a").join("chat", "b").say("$2;chat;;leave all;0;0;");
		this.client.answer(this.client.next(), "");
		this.client.answer(this.client.next(), "").expect("$2;chat;;leave all;0;0;[]");
		this.server.expectNoTimers();
	}

	@Test
	void handlerConnectsAndDisconnects() {
		this.client.say("$1;chat;;connect;0;0;game");
		this.client.answer(this.client.next(), "").expect("$1;chat;;connect;0;0;game");
		this.log.saw("NamespaceConnect+", "NamespaceConnected+");
		this.client.say("$2;chat;;disconnect;0;0;game");
		this.client.answer(this.client.next(), "").expect("$2;chat;;disconnect;0;0;1");
	}

	@Test
	void handlerWaitsForAChainOfOperations() {
		this.client.say("$1;chat;;chain;0;0;");
		for (int i = 0; i < 3; i++) {
			this.client.answer(this.client.next(), "");
		}
		this.client.expect("$1;chat;;chain;0;0;1");
		this.server.expectNoTimers();
	}

	@Test
	void handlerWaitsForAChainThatBeginsWithAnAsk() {
		this.client.say("$1;chat;;ask then join;0;0;");
		this.client.answer(this.client.next(), "a");
		this.client.answer(this.client.next(), "").expect("$1;chat;;ask then join;0;0;a");
	}

	@Test
	void handlerWaitsForAChainThatBeginsWithAnAskOfTheServer() {
		this.client.say("$1;chat;;ask server then join;0;0;");
		this.client.answer(this.client.next(), "a");
		this.client.answer(this.client.next(), "").expect("$1;chat;;ask server then join;0;0;a");
	}

	@Test
	void handlerReturnsTheFutureOfItsJoin() {
		this.client.say("$1;chat;;future;0;0;");
		this.client.answer(this.client.next(), "").expect("$1;chat;;future;0;0;a");
	}

	@Test
	void joinHandlerReturnsTheFutureOfAnotherJoin() {
		try (TestServer other = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.onAsk(SystemEvents.ROOM_JOIN, (ns, msg) -> {
					this.log.event(ns, msg);
					return msg.isLocal() ? null : ns.joinRoomAsync("lobby");
				}).on(SystemEvents.ROOM_JOINED, this.log::event)))) {
			WireClient peer = other.client("chat").say("$1;chat;a;_OnRoomJoin;0;0;");
			peer.answer(peer.next(), "").expect("$1;;;;;;").expectNothing();
			this.log.saw("RoomJoin a", "RoomJoin lobby+", "RoomJoined lobby+", "RoomJoined a");
		}
	}

	@Test
	void handlerWaitsForAnotherConnection() {
		CompletableFuture<NSConn> second = new CompletableFuture<>();
		try (TestServer other = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.onAsk("pull", (ns, msg) -> second.join().joinRoom(msg.text()).size() + "")))) {
			WireClient one = other.client("chat");
			WireClient two = other.client("chat");
			second.complete(two.on(other).namespace("chat"));
			one.say("$1;chat;;pull;0;0;a");
			two.answer(two.next(), "");
			one.expect("$1;chat;;pull;0;0;1");
		}
	}

	@Test
	void waitThatOutlastsTheConnectionEnds() {
		NSConn ns = this.client.on(this.server).namespace("chat");
		this.client.say("$1;chat;;join;0;0;a");
		this.client.next();
		this.client.vanish();
		this.server.stop();
		assertThat(ns.rooms()).isEmpty();
		this.log.saw("RoomJoin a+");
		this.server.expectNoTimers();
	}

}
