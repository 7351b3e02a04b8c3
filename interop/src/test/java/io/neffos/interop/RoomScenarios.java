package io.neffos.interop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.interop.ClientSession.Guest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static io.neffos.interop.ClientSession.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Rooms as the client asks for them, and what is said in them. */
interface RoomScenarios {

	ClientSession session();

	@Test
	default void join() {
		Guest guest = session().lab();
		String name = unique("r");
		Room room = guest.join(name);
		assertThat(guest.ns().joinRoom(name)).isSameAs(room);
		guest.agree(name);
	}

	@Test
	default void roomNameWithSeparatorsAndOtherScripts() {
		Guest guest = session().lab();
		String name = unique("a;b λ 房间");
		Room room = guest.join(name);
		guest.agree(name);
		room.emit("shout", "x;y");
		assertThat(guest.inbox().text("shouted", name)).isEqualTo("x;y");
	}

	@Test
	default void deniedJoin() {
		Guest guest = session().lab();
		String name = unique("deny");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guest.ns().joinRoom(name))
			.withMessage("not this room");
		// Ours asks its own handler first, and only then the server (B1).
		guest.inbox().expect("RoomJoin+ " + name);
		guest.agree();
	}

	@Test
	default void joinThatTheClientItselfRefuses() {
		Guest guest = session().lab((events) -> events.on(SystemEvents.ROOM_JOIN, (ns, message) -> {
			throw new RefusedException("not me");
		}));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guest.ns().joinRoom(unique("r")))
			.withMessage("not me");
		guest.agree();
	}

	@Test
	default void leave() {
		Guest guest = session().lab();
		String name = unique("r");
		Room room = guest.join(name);
		room.leave();
		guest.inbox().expect("RoomLeave+ " + name, "RoomLeft+ " + name);
		assertThat(room.emit("shout", null)).isFalse();
		guest.agree();
	}

	@Test
	default void deniedLeave() {
		Guest guest = session().lab();
		String name = unique("sticky");
		Room room = guest.join(name);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(room::leave).withMessage("stay");
		guest.inbox().expect("RoomLeave+ " + name);
		guest.agree(name);
		room.emit("shout", "still here");
		assertThat(guest.inbox().text("shouted", name)).isEqualTo("still here");
	}

	@Test
	default void leaveAll() {
		Guest guest = session().lab();
		List<String> names = List.of(unique("a"), unique("b"), unique("c"));
		names.forEach(guest::join);
		guest.ns().leaveAll();
		guest.inbox()
			.expect(names.stream()
				.flatMap((name) -> List.of("RoomLeave+ " + name, "RoomLeft+ " + name).stream())
				.toArray(String[]::new));
		guest.agree();
	}

	@Test
	default void leaveAllStopsAtTheFirstRefusal() {
		Guest guest = session().lab();
		String before = unique("a");
		String sticky = unique("sticky");
		String after = unique("z");
		guest.join(before);
		guest.join(sticky);
		guest.join(after);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(guest.ns()::leaveAll).withMessage("stay");
		guest.agree(sticky, after);
	}

	@Test
	default void roomBroadcastIncludingTheSender() {
		String name = unique("r");
		Guest sender = session().lab();
		Guest other = session().lab();
		Guest outsider = session().lab();
		Room room = sender.join(name);
		other.join(name);
		room.emit("shout", "all of you");
		assertThat(sender.inbox().text("shouted", name)).isEqualTo("all of you");
		assertThat(other.inbox().text("shouted", name)).isEqualTo("all of you");
		outsider.settle();
		assertThat(outsider.inbox().drain()).isEmpty();
	}

	@Test
	default void roomBroadcastExcludingTheSender() {
		String name = unique("r");
		Guest sender = session().lab();
		Guest other = session().lab();
		Room room = sender.join(name);
		other.join(name);
		room.emit("say", "the others");
		assertThat(other.inbox().text("said", name)).isEqualTo("the others");
		sender.settle();
		assertThat(sender.inbox().drain()).isEmpty();
	}

	@Test
	default void broadcastsArriveInOrderAndNoneIsLost() {
		String name = unique("r");
		Guest sender = session().lab();
		Guest other = session().lab();
		Room room = sender.join(name);
		other.join(name);
		for (int i = 0; i < 200; i++) {
			assertThat(room.emit("shout", String.valueOf(i))).isTrue();
		}
		for (Guest guest : List.of(sender, other)) {
			for (int i = 0; i < 200; i++) {
				assertThat(guest.inbox().text("shouted", name)).isEqualTo(String.valueOf(i));
			}
		}
	}

	@Test
	default void relayInNamespaceDefault() {
		String name = unique("r");
		Guest sender = session().in("default");
		Guest other = session().in("default");
		Room room = sender.ns().joinRoom(name);
		other.ns().joinRoom(name);
		room.emit("typing", "{\"from\":\"ann\"}");
		for (Guest guest : List.of(sender, other)) {
			assertThat(guest.inbox().text("typing", name)).isEqualTo("{\"from\":\"ann\"}");
		}
	}

	@Test
	default void chatRoomWithPresence() throws IOException, InterruptedException {
		String room = unique("chat");
		Guest ann = session().visitor("ann", room);
		Guest bob = session().visitor("bob", room);
		ann.awaitPresence(room, "ann", "bob");
		room(ann.ns(), room).emit("say", "{\"text\":\"hello; bob\"}");
		for (Guest guest : List.of(ann, bob)) {
			JsonNode said = Json.read(guest.inbox().text("said", room));
			assertThat(said.path("from").asString()).isEqualTo("ann");
			assertThat(said.path("text").asString()).isEqualTo("hello; bob");
			assertThat(said.path("at").asLong()).isPositive();
		}
		URI address = URI.create(session().peer()
			.url()
			.replaceFirst("^ws", "http")
			.replace("/neffos", "/api/rooms/" + room + "/announcements"));
		HttpResponse<Void> response = session().peer()
			.http()
			.send(HttpRequest.newBuilder(address)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"closing soon\"}"))
				.build(), HttpResponse.BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(bob.inbox().text("announcement", room)).isEqualTo("{\"text\":\"closing soon\"}");
		assertThat(ann.ask("workday", "2026-11-23")).isEqualTo("MONDAY");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ann.ask("workday", "tomorrow"))
			.withMessage("not a date: use yyyy-mm-dd");
	}

	@Test
	default void vipRoom() {
		Guest ann = session().in("chat", (builder) -> builder.header("X-Visitor-Name", "ann"));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ann.ns().joinRoom("vip"))
			.withMessage("vip room is restricted");
		session().visitor("vip-ann", "vip");
	}

	private static Room room(NSConn ns, String name) {
		Room room = ns.room(name);
		assertThat(room).isNotNull();
		return room;
	}

}
