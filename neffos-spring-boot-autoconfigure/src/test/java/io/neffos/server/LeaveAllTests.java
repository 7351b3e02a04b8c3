package io.neffos.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.neffos.AskTimeoutException;
import io.neffos.BadRoomException;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Leaves that the server asks for, one or all (protocol section 7.7, B7 and B16). */
class LeaveAllTests {

	private final EventLog log = new EventLog();

	private TestServer server(Duration askTimeout) {
		return new TestServer(TestServer.namespaces((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_LEAVE, (ns, msg) -> {
					this.log.event(ns, msg);
					if (msg.room().equals("sticky")) {
						throw new RefusedException("stay");
					}
				}).on(SystemEvents.ROOM_LEFT, this.log::event))),
				TestServer.settings(TestServer.SETTINGS).askTimeout(askTimeout).build());
	}

	private TestServer server() {
		return server(Duration.ofSeconds(10));
	}

	@Test
	void leavesEachRoomInTurn() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").join("chat", "b");
			var leaving = client.on(server).namespace("chat").leaveAllAsync();
			String first = client.next();
			assertThat(first).matches("\\d+;chat;a;_OnRoomLeave;0;0;");
			client.expectNothing();
			client.answer(first, "");
			String second = client.next();
			assertThat(second).matches("\\d+;chat;b;_OnRoomLeave;0;0;");
			client.answer(second, "");
			leaving.join();
			this.log.saw("RoomLeave a+", "RoomLeft a+", "RoomLeave b+", "RoomLeft b+");
			server.expectRooms("chat");
			server.expectNoTimers();
		}
	}

	@Test
	void stopsAtTheFirstFailureAndReportsIt() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").join("chat", "sticky").join("chat", "z");
			NSConn ns = client.on(server).namespace("chat");
			var leaving = ns.leaveAllAsync();
			client.answer(client.next(), "");
			assertThatThrownBy(leaving::get).hasCauseInstanceOf(RefusedException.class).hasMessageContaining("stay");
			client.expectNothing();
			this.log.saw("RoomLeave a+", "RoomLeft a+", "RoomLeave sticky+");
			assertThat(ns.rooms()).extracting(Room::name).containsExactly("sticky", "z");
			server.everywhere((one) -> assertThat(one.rooms("chat")).hasSize(2));
		}
	}

	@Test
	void clientCannotRefuseByAnError() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a");
			var leaving = client.on(server).namespace("chat").room("a").leaveAsync();
			client.refuse(client.next(), "rather not");
			leaving.join();
			server.expectRooms("chat");
			this.log.saw("RoomLeave a+", "RoomLeft a+");
		}
	}

	@Test
	void clientCannotRefuseBySilence() {
		try (TestServer server = server(Duration.ofMillis(30))) {
			WireClient client = server.client("chat").join("chat", "a");
			Room room = client.on(server).namespace("chat").room("a");
			assertThatThrownBy(room::leave).isInstanceOf(AskTimeoutException.class);
			this.log.awaits("RoomLeave a+", "RoomLeft a+");
			server.expectRooms("chat");
			assertThat(room.emit("tick", "")).isFalse();
			assertThatThrownBy(room::leave).isInstanceOf(BadRoomException.class);
			server.expectNoTimers();
		}
	}

	@Test
	void ofNothingEndsAtOnce() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			client.on(server).namespace("chat").leaveAll();
			client.expectNothing();
		}
	}

	@Test
	void endsWhenTheConnectionCloses() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").join("chat", "b");
			var leaving = client.on(server).namespace("chat").leaveAllAsync();
			client.next();
			client.vanish();
			assertThatThrownBy(leaving::join).isInstanceOf(CompletionException.class)
				.hasCauseInstanceOf(WriteClosedException.class);
			server.stop();
			assertThat(this.log.lines()).filteredOn((line) -> line.startsWith("RoomLeft"))
				.containsExactly("RoomLeft a+!", "RoomLeft b+!");
			server.expectNoTimers();
		}
	}

	@Test
	void handlersOfTheLeaveSeeTheMemberAndThoseAfterItDoNot() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events
					.on(SystemEvents.ROOM_LEAVE, (ns, msg) -> this.log.add("leave " + ns.room(msg.room()).size()))
					.on(SystemEvents.ROOM_LEFT, (ns, msg) -> this.log.add("left " + ns.rooms()))))) {
			server.client("chat").join("chat", "a").leave("chat", "a");
			assertThat(this.log.lines()).isEqualTo(List.of("leave 1", "left []"));
		}
	}

}
