package io.neffos.interop;

import java.util.List;

import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.interop.ClientSession.Guest;
import org.junit.jupiter.api.Test;

import static io.neffos.interop.ClientSession.unique;
import static org.assertj.core.api.Assertions.assertThat;

/** Rooms as the server asks for them. */
interface InvitationScenarios {

	ClientSession session();

	@Test
	default void joinByTheServer() {
		Guest guest = session().lab();
		String name = unique("r");
		guest.ns().emit("invite", name);
		assertThat(guest.inbox().text("invited", "")).isEqualTo(name);
		guest.inbox().expect("RoomJoin " + name, "RoomJoined " + name);
		guest.agree(name);
		Room room = guest.ns().room(name);
		assertThat(room).isNotNull();
		room.emit("shout", "x");
		assertThat(guest.inbox().text("shouted", name)).isEqualTo("x");
	}

	@Test
	default void joinByTheServerThatTheClientRefuses() {
		Guest guest = session().lab((events) -> events.on(SystemEvents.ROOM_JOIN, (ns, message) -> {
			throw new RefusedException("no time");
		}));
		guest.ns().emit("invite", unique("r"));
		assertThat(guest.inbox().text("invite-failed", "")).isEqualTo("no time");
		guest.agree();
	}

	@Test
	default void joinByTheServerThatTheServerItselfRefuses() {
		Guest guest = session().lab();
		String name = unique("deny");
		guest.ns().emit("invite", name);
		assertThat(guest.inbox().text("invite-failed", "")).isEqualTo("not this room");
		assertThat(guest.roomsOnServer()).isEmpty();
		if (Difference.ASKER_REFUSES_AFTER_THE_ANSWER.shownBy(session().peer())) {
			assertThat(guest.roomsOnClient()).containsExactly(name);
		}
		else {
			assertThat(guest.roomsOnClient()).isEmpty();
		}
	}

	@Test
	default void leaveByTheServer() {
		Guest guest = session().lab();
		String kept = unique("r");
		String left = unique("r");
		guest.join(kept);
		guest.join(left);
		guest.ns().emit("evict", left);
		assertThat(guest.inbox().text("evicted", "")).isEqualTo(left);
		guest.inbox().expect("RoomLeave " + left, "RoomLeft " + left);
		guest.agree(kept);
	}

	@Test
	default void leaveByTheServerThatTheClientCannotRefuse() {
		Guest guest = session().lab((events) -> events.on(SystemEvents.ROOM_LEAVE, (ns, message) -> {
			throw new RefusedException("I stay");
		}));
		String name = unique("r");
		guest.join(name);
		guest.ns().emit("evict", name);
		assertThat(guest.inbox().text("evicted", "")).isEqualTo(name);
		guest.agree();
	}

	@Test
	default void leaveOfAllRoomsByTheServer() {
		Guest guest = session().lab();
		List.of(unique("r"), unique("r"), unique("r")).forEach(guest::join);
		guest.ns().emit("evict-all", null);
		guest.inbox().next("evicted-all", "");
		assertThat(guest.inbox().drain()).hasSize(6);
		guest.agree();
	}

}
