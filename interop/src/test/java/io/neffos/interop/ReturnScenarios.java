package io.neffos.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.neffos.Events;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientListener;
import io.neffos.client.Reconnected;
import io.neffos.client.Reconnected.Place;
import io.neffos.client.ReconnectPolicy;
import io.neffos.interop.ClientSession.Guest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.neffos.interop.ClientSession.unique;
import static org.assertj.core.api.Assertions.assertThat;

/** Connections that are lost, and clients that come back. */
interface ReturnScenarios {

	/** Soon enough for a test, and without end. */
	ReconnectPolicy SOON = ReconnectPolicy.DEFAULT.delays(Duration.ofMillis(20), Duration.ofMillis(200));

	ClientSession session();

	/** The server gets no chance to say goodbye; below, it does. */
	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	default void dialAgainAfterTheServerRestarted() throws IOException {
		Guest guest = session().lab();
		String room = unique("r");
		guest.join(room);
		session().peer().restart(true);
		guest.client().closed().orTimeout(Inbox.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
		guest.inbox().expect("RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+!");
		Guest again = session().lab();
		assertThat(again.client().conn().id()).isNotEqualTo(guest.client().conn().id());
		again.agree();
		again.join(room).emit("shout", "back");
		assertThat(again.inbox().text("shouted", room)).isEqualTo("back");
	}

	@Test
	default void comeBackAfterTheConnectionWasLost() {
		Return back = new Return();
		Guest guest = returning(back, "stage");
		List<String> rooms = List.of(unique("b"), unique("a"), unique("c"));
		rooms.forEach(guest::join);
		guest.client().connect("stage");
		String id = guest.client().conn().id();
		guest.inbox().drain();
		guest.ns().emit("drop", null);
		Reconnected event = back.await();
		assertThat(event.restored()).containsExactly(new Place("lab", ""), new Place("lab", rooms.get(0)),
				new Place("lab", rooms.get(1)), new Place("lab", rooms.get(2)), new Place("stage", ""));
		assertThat(event.refused()).isEmpty();
		assertThat(event.conn().id()).isNotEqualTo(id);
		guest.agree(rooms.toArray(String[]::new));
		assertThat(guest.current().ask("tries", null).text()).isEqualTo(String.valueOf(event.attempts()));
		List<String> events = guest.inbox().drain();
		assertThat(events).startsWith("RoomLeave+! " + rooms.get(0), "RoomLeft+! " + rooms.get(0))
			.containsSubsequence("NamespaceDisconnect+!", "NamespaceConnect+", "NamespaceConnected+",
					"RoomJoin+ " + rooms.get(0), "RoomJoined+ " + rooms.get(0), "RoomJoin+ " + rooms.get(1),
					"RoomJoined+ " + rooms.get(1), "RoomJoin+ " + rooms.get(2), "RoomJoined+ " + rooms.get(2));
		assertThat(guest.ns().emit("shout", "on the lost connection")).isFalse();
	}

	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	default void comeBackAfterTheServerRestarted() throws IOException {
		Return back = new Return();
		Guest guest = returning(back);
		String room = unique("r");
		guest.join(room);
		guest.inbox().drain();
		session().peer().restart(false);
		Reconnected event = back.await();
		assertThat(event.restored()).containsExactly(new Place("lab", ""), new Place("lab", room));
		guest.agree(room);
		assertThat(guest.current().ask("tries", null).text()).isEqualTo(String.valueOf(event.attempts()));
		guest.inbox()
			.expect("RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+!", "NamespaceConnect+",
					"NamespaceConnected+", "RoomJoin+ " + room, "RoomJoined+ " + room);
	}

	@Test
	default void stayAwayWhenTheServerSaysSo() {
		Return back = new Return();
		Guest guest = returning(back);
		guest.ns().emit("kick", null);
		if (Difference.CLOSE_WITHOUT_FRAME.shownBy(session().peer())) {
			assertThat(back.await().restored()).containsExactly(new Place("lab", ""));
		}
		else {
			assertThat(guest.client().closed().orTimeout(Inbox.LIMIT.toSeconds(), TimeUnit.SECONDS).join().code())
				.isEqualTo(4001);
			assertThat(guest.client().state()).isEqualTo(NeffosClient.State.CLOSED);
		}
	}

	/** A client that comes back. */
	private Guest returning(Return listener, String... more) {
		return session().lab(ClientSession::noHandlers, (builder) -> builder.reconnect(SOON).listener(listener), more);
	}

	/** Waits for the client to be back. */
	final class Return implements NeffosClientListener {

		private final CompletableFuture<Reconnected> back = new CompletableFuture<>();

		@Override
		public void onReconnected(Reconnected event) {
			this.back.complete(event);
		}

		Reconnected await() {
			return this.back.orTimeout(Inbox.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
		}

	}

}
