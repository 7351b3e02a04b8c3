package io.neffos.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.neffos.LocalRoomCreated;
import io.neffos.LocalRoomDestroyed;
import io.neffos.NSConn;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.RoomInfo;
import io.neffos.SystemEvents;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Rooms live as long as their last member, and members are listed (B5 and B6). */
class RoomLifeTests {

	private final EventLog log = new EventLog();

	private TestServer server() {
		return TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.onRoomCreated((room) -> this.log.add("created " + room.name() + " " + room.size()))
					.onRoomDestroyed((room) -> this.log.add("destroyed " + room.name() + " " + room.size()))
					.on(SystemEvents.ROOM_JOINED, this.log::event)
					.on(SystemEvents.ROOM_LEFT, this.log::event)));
	}

	@Test
	void firstMemberCreatesARoomAndTheLastDestroysIt() {
		try (TestServer server = server()) {
			WireClient one = server.client("chat").join("chat", "a").expectNothing();
			told("created a 1", "RoomJoined a");
			WireClient two = server.client("chat").join("chat", "a").expectNothing();
			told("RoomJoined a");
			one.leave("chat", "a").expectNothing();
			told();
			two.leave("chat", "a").expectNothing();
			told("destroyed a 0");
			two.join("chat", "a").expectNothing();
			told("created a 1", "RoomJoined a");
		}
	}

	/** Exactly this has happened since the last time, apart from what follows a leave. */
	private void told(String... lines) {
		this.log.lines().removeIf((line) -> line.startsWith("RoomLeft"));
		told(this.log.lines(), (Object[]) lines);
		this.log.clear();
	}

	void told(List<?> happened, Object... expected) {
		assertThat(happened).isEqualTo(List.of(expected));
	}

	@Test
	void roomOfAMemberThatVanishesIsDestroyed() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").expectNothing();
			told("created a 1", "RoomJoined a");
			client.vanish();
			await().untilAsserted(
					() -> assertThat(this.log.lines()).containsExactlyInAnyOrder("RoomLeft a+!", "destroyed a 0"));
			server.expectRooms("chat");
		}
	}

	@Test
	void membersShareTheTextOfItsName() {
		try (TestServer server = server()) {
			WireClient one = server.client("chat").join("chat", "a").expectNothing();
			server.beside(one, "chat").join("chat", "a").expectNothing();
			List<String> names = server.connections("chat")
				.stream()
				.map((conn) -> conn.rooms().iterator().next().name())
				.toList();
			assertThat(names).hasSize(2);
			assertThat(names.get(0)).isSameAs(names.get(1));
		}
	}

	@Test
	void applicationIsToldOfEveryRoom() {
		List<Object> events = new CopyOnWriteArrayList<>();
		try (TestServer server = new TestServer(
				TestServer.namespaces((namespaces) -> namespaces.namespace("chat", (declared) -> {
				})), TestServer.SETTINGS, (builder) -> builder.roomEvents(events::add))) {
			WireClient client = server.client("chat").join("chat", "a").expectNothing();
			told(events, new LocalRoomCreated("chat", "a"), new RoomCreated("chat", "a"));
			events.clear();
			client.leave("chat", "a").expectNothing();
			told(events, new LocalRoomDestroyed("chat", "a"), new RoomDestroyed("chat", "a"));
		}
	}

	@Test
	void roomsOfTwoNamespacesWithOneNameAreTwo() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat", (events) -> {
		}).namespace("game", (events) -> {
		}))) {
			WireClient one = server.client("chat", "game").join("chat", "a");
			WireClient two = server.client("game").join("game", "a");
			server.server().namespace("game").room("a").emit("tick", "");
			two.expect(";game;a;tick;0;0;");
			one.expectNothing();
			server.expectSize("chat", "a", 1);
		}
	}

	@Test
	void listsAreSnapshots() {
		try (TestServer server = server()) {
			WireClient one = server.client("chat").join("chat", "a");
			WireClient two = server.beside(one, "chat").join("chat", "a");
			RoomInfo room = server.serverOf(one).room("chat", "a");
			List<NSConn> members = room.members();
			List<NSConn> everybody = server.connections("chat");
			assertThat(members).hasSize(2);
			for (NSConn member : members) {
				member.conn().close();
			}
			one.closed();
			two.closed();
			server.stop();
			assertThat(members).hasSize(2);
			assertThat(everybody).hasSize(2);
			assertThat(room.size()).isZero();
			server.expectSize("chat", "a", 0);
		}
	}

}
