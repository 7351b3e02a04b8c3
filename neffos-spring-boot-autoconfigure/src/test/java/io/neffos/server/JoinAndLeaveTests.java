package io.neffos.server;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.neffos.AskTimeoutException;
import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Joins and leaves, asked by either side, as protocol section 7 and B1 say. */
class JoinAndLeaveTests {

	private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

	private void log(NSConn ns, Message msg) {
		Room room = ns.room(msg.room());
		this.log.add(msg.event() + (msg.isLocal() ? "+" : "") + (msg.isForced() ? "!" : "")
				+ ((room != null) ? " in" : " out"));
	}

	private TestServer server() {
		return TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_JOIN, (ns, msg) -> {
					log(ns, msg);
					if (msg.room().equals("vip")) {
						throw new RefusedException("vip room is restricted");
					}
				}).on(SystemEvents.ROOM_JOINED, this::log).on(SystemEvents.ROOM_LEAVE, (ns, msg) -> {
					log(ns, msg);
					if (msg.room().equals("sticky")) {
						throw new RefusedException("stay");
					}
				})
					.on(SystemEvents.ROOM_LEFT, this::log)
					.onAsk("echo", (ns, msg) -> msg.body())
					.onAsk("pull", (ns, msg) -> {
						Room room = ns.joinRoom(msg.text());
						return room.name() + " " + room.size();
					})));
	}

	@Test
	void clientJoinsAndLeaves() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "lobby");
			client.expectNothing();
			assertThat(server.members("chat", "lobby")).hasSize(1);
			client.leave("chat", "lobby").expectNothing();
			server.expectRooms("chat");
			assertThat(this.log).containsExactly("_OnRoomJoin out", "_OnRoomJoined in", "_OnRoomLeave in",
					"_OnRoomLeft out");
		}
	}

	@Test
	void refusedJoinLeavesNoTrace() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			client.say("$9;chat;vip;_OnRoomJoin;0;0;").expect("$9;chat;vip;_OnRoomJoin;1;0;vip room is restricted");
			server.expectRooms("chat");
			assertThat(client.on(server).namespace("chat").rooms()).isEmpty();
			assertThat(this.log).containsExactly("_OnRoomJoin out");
			assertThat(server.observer().joins()).containsExactly("chat:REFUSED");
		}
	}

	@Test
	void serverMakesClientJoinAndLeave() throws Exception {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			var joining = ns.joinRoomAsync("lobby");
			String request = client.next();
			assertThat(request).matches("\\d+;chat;lobby;_OnRoomJoin;0;0;");
			server.expectRooms("chat");
			client.answer(request, "");
			Room room = joining.get();
			assertThat(room.members()).containsExactly(ns);
			var leaving = room.leaveAsync();
			client.answer(client.next(), "");
			leaving.get();
			server.expectRooms("chat");
			assertThat(this.log).containsExactly("_OnRoomJoin+ out", "_OnRoomJoined+ in", "_OnRoomLeave+ in",
					"_OnRoomLeft+ out");
			server.expectNoTimers();
		}
	}

	@Test
	void ownRefusalIsDecidedBeforeAnythingIsSent() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			assertThatThrownBy(() -> ns.joinRoom("vip")).isInstanceOf(RefusedException.class)
				.hasMessage("vip room is restricted");
			client.expectNothing();
		}
	}

	@Test
	void handlerCanWaitForItsOwnJoin() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			client.say("$7;chat;;pull;0;0;den");
			client.answer(client.next(), "").expect("$7;chat;;pull;0;0;den 1");
		}
	}

	@Test
	void closingFiresForcedEventsOnceAndEmptiesTheIndex() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").join("chat", "sticky").expectNothing();
			this.log.clear();
			Conn conn = client.on(server);
			conn.close(4000, "bye");
			assertThat(client.closed().reason()).isEqualTo("bye");
			server.stop();
			assertThat(this.log).containsExactly("_OnRoomLeave+! in", "_OnRoomLeft+! out", "_OnRoomLeave+! in",
					"_OnRoomLeft+! out");
			server.expectRooms("chat");
			assertThat(server.connections("chat")).isEmpty();
			assertThat(server.connections()).isEmpty();
			assertThat(conn.namespaces()).isEmpty();
		}
	}

	@Test
	void joinThatIsNotAnsweredInTimeIsUndoneAtThePeer() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			assertThatThrownBy(() -> ns.joinRoom("lobby", Duration.ofMillis(300)))
				.isInstanceOf(AskTimeoutException.class);
			String join = client.next();
			String leave = client.next();
			assertThat(leave).matches("\\d+;chat;lobby;_OnRoomLeave;0;0;");
			client.answer(join, "").answer(leave, "").expectNothing();
			assertThat(server.observer().dropped()).startsWith(DropReason.LATE_ANSWER, DropReason.LATE_ANSWER)
				.filteredOn(DropReason.LATE_ANSWER::equals)
				.hasSize(2);
			server.expectRooms("chat");
			server.expectNoTimers();
		}
	}

	@Test
	void connectThatIsNotAnsweredInTimeIsUndoneAtThePeer() {
		try (TestServer server = server()) {
			WireClient client = server.open().ack();
			Conn conn = client.on(server);
			assertThatThrownBy(() -> conn.connect("chat", Duration.ofMillis(300)))
				.isInstanceOf(AskTimeoutException.class);
			String connect = client.next();
			String disconnect = client.next();
			assertThat(disconnect).matches("\\d+;chat;;_OnNamespaceDisconnect;0;0;");
			client.answer(connect, "").answer(disconnect, "").expectNothing();
			assertThat(conn.namespaces()).isEmpty();
			server.expectNoTimers();
		}
	}

}
