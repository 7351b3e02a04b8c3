package io.neffos.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.WireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The client's half of a room. */
class ClientRoomTests {

	private final EventLog serverLog = new EventLog();

	private final EventLog clientLog = new EventLog();

	private volatile String sticky = "";

	private final BothSides sides = new BothSides(
			(server) -> server
				.namespace("chat",
						(events) -> events
							.on("handled",
									(ns, msg) -> this.serverLog
										.add(ns.conn().id() + " " + msg.room() + " " + msg.text()))
							.on(SystemEvents.ROOM_LEAVE, (ns, msg) -> stick(msg.room()))
							.on(SystemEvents.NAMESPACE_DISCONNECT, (ns, msg) -> stick(msg.namespace())))
				.namespace("news",
						(events) -> events.on(SystemEvents.NAMESPACE_DISCONNECT, (ns, msg) -> stick(msg.namespace())))
				.namespace("zoo", (events) -> {
				}),
			(client) -> client.namespace("chat",
					(events) -> events.on("relayed", this::hear)
						.on("pushed", this::hear)
						.on("sync me", (ns, msg) -> this.clientLog.add("synced")))
				.namespace("news", (events) -> {
				})
				.namespace("zoo", (events) -> {
				}));

	private void hear(NSConn ns, Message msg) {
		this.clientLog.add(ns.conn().id() + " " + msg.room() + " " + (msg.isBinary() ? "binary " : "") + msg.text());
	}

	private void stick(String name) {
		if (this.sticky.equals(name)) {
			throw new RefusedException("stay in " + name);
		}
	}

	@AfterEach
	void stop() {
		this.sides.close();
	}

	@Test
	void emitGoesToTheHandlerOfTheServer() {
		NSConn chat = this.sides.dial().connect("chat");
		Room lobby = chat.joinRoom("lobby");
		assertThat(lobby.emit("handled", "hello")).isTrue();
		this.sides.synchronize(chat);
		this.serverLog.saw("c1 lobby hello");
		assertThat(this.sides.frames()).contains("--> ;chat;lobby;handled;0;0;hello");
	}

	@Test
	void emitIsRelayedToAllMembersWhereNobodyHandlesIt() {
		NSConn first = this.sides.dial().connect("chat");
		NSConn second = this.sides.dial().connect("chat");
		NSConn third = this.sides.dial().connect("chat");
		Room lobby = first.joinRoom("lobby");
		second.joinRoom("lobby");
		third.joinRoom("elsewhere");
		lobby.emit("relayed", "hello");
		this.sides.synchronize(first);
		this.sides.synchronize(second);
		this.sides.synchronize(third);
		assertThat(this.clientLog.lines()).containsExactlyInAnyOrder("c1 lobby hello", "c2 lobby hello");
		lobby.emitBinary("relayed", "bytes".getBytes(StandardCharsets.UTF_8));
		this.sides.synchronize(first);
		this.sides.synchronize(second);
		assertThat(this.clientLog.lines()).contains("c1 lobby binary bytes", "c2 lobby binary bytes").hasSize(4);
	}

	@Test
	void emitOfARoomThatIsLeftSendsNothing() {
		NSConn chat = this.sides.dial().connect("chat");
		Room lobby = chat.joinRoom("lobby");
		lobby.leave();
		this.sides.line().wire().clear();
		assertThat(lobby.emit("relayed", "late")).isFalse();
		assertThat(lobby.emitBinary("relayed", new byte[1])).isFalse();
		assertThat(chat.conn().write(Message.of("x").namespace("chat").room("lobby"))).isFalse();
		assertThat(chat.conn().write(Message.of("x").namespace("news"))).isFalse();
		assertThat(this.sides.line().wire()).isEmpty();
	}

	@Test
	void whatOnlyAServerKnows() {
		NSConn chat = this.sides.dial().connect("chat");
		Room lobby = chat.joinRoom("lobby");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lobby::members)
			.withMessageContaining("ask the server");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lobby::size);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> chat.broadcast(Message.to(lobby).event("relayed")));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> chat.broadcastOthers(Message.of("relayed")));
	}

	@Test
	void clientRelaysNothingAndHearsRoomsItIsNotIn() {
		try (WireServer server = new WireServer();
				NeffosClient client = server.dial(
						Namespaces.builder().namespace("chat", (events) -> events.on("pushed", this::hear)).build())) {
			var connecting = client.connectAsync("chat");
			server.accept("chat;;_OnNamespaceConnect");
			NSConn chat = connecting.join();
			server.say(";chat;nowhere;pushed;0;0;1").say(";chat;nowhere;unheard;0;0;2").say(";chat;;unheard;0;0;3");
			var joining = chat.joinRoomAsync("lobby");
			server.accept("chat;lobby;_OnRoomJoin");
			joining.join();
			server.say(";chat;lobby;unheard;0;0;4").say(";chat;lobby;pushed;0;0;5").say(";news;;pushed;0;0;6");
			server.expectNothing();
			this.clientLog.saw("c1 nowhere 1", "c1 lobby 5");
		}
	}

	@Test
	void leaveAllStopsAtARefusal() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		for (String room : List.of("a", "b", "c")) {
			chat.joinRoom(room);
		}
		this.sticky = "b";
		assertThatExceptionOfType(RefusedException.class).isThrownBy(chat::leaveAll).withMessage("stay in b");
		assertThat(chat.rooms()).extracting(Room::name).containsExactly("b", "c");
		assertThat(this.sides.onServer(chat).rooms()).extracting(Room::name).containsExactly("b", "c");
		this.sides.expectNothingLeft(client);
		this.sticky = "";
		chat.leaveAll();
		assertThat(chat.rooms()).isEmpty();
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
		this.sides.expectNothingLeft(client);
	}

	@Test
	void disconnectAllStopsAtARefusal() {
		NeffosClient client = this.sides.dial();
		client.connect("zoo");
		client.connect("news");
		client.connect("chat");
		this.sticky = "news";
		assertThatExceptionOfType(RefusedException.class).isThrownBy(client.conn()::disconnectAll)
			.withMessage("stay in news");
		assertThat(client.conn().namespaces()).extracting(NSConn::namespace).containsExactly("news", "chat");
		assertThat(this.sides.onServer(client).namespaces()).extracting(NSConn::namespace)
			.containsExactly("news", "chat");
		this.sticky = "";
		client.conn().disconnectAll();
		assertThat(client.conn().namespaces()).isEmpty();
		assertThat(this.sides.server().server().connections("chat")).isEmpty();
		this.sides.expectNothingLeft(client);
	}

}
