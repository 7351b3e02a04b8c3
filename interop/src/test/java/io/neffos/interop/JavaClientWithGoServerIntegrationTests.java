package io.neffos.interop;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.neffos.Namespaces;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.client.NeffosClient;
import io.neffos.client.Reconnected;
import io.neffos.client.Reconnected.Place;
import io.neffos.interop.ClientSession.Guest;
import org.junit.jupiter.api.Test;

import static io.neffos.interop.ClientSession.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The Java client against the original server, and what only that one does here. */
class JavaClientWithGoServerIntegrationTests extends JavaClientIntegrationTests {

	private GoServer server;

	@Override
	Peer start() throws IOException {
		this.server = GoServer.start("java-client");
		return this.server;
	}

	@Test
	void refusedConnection() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> session().in("lab", (builder) -> builder.header("X-Refuse", "members only")))
			.withMessage("members only");
	}

	@Test
	void deniedDisconnect() {
		Guest guest = session().lab("held");
		NSConn held = guest.client().connect("held");
		held.joinRoom("r");
		guest.inbox().drain();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(held::disconnect).withMessage("not yet");
		assertThat(guest.client().namespace("held")).isSameAs(held);
		assertThat(held.room("r")).isNotNull();
		guest.settle();
		assertThat(guest.inbox().drain()).isEmpty();
	}

	/** The server sends it before the answer; the client keeps it until it has joined. */
	@Test
	void eventBeforeTheAnswerToJoin() {
		Guest guest = session().lab();
		String room = unique("welcome");
		guest.ns().joinRoom(room);
		guest.inbox().expect("RoomJoin+ " + room, "RoomJoined+ " + room, "welcome " + room);
		guest.agree(room);
	}

	@Test
	void quizInsideTheServersHandler() {
		Guest guest = session().lab((events) -> events.onAsk("question", (ns, message) -> "42"));
		assertThat(guest.ask("quiz-inside", "")).isEqualTo("answer: 42");
		guest.settle();
	}

	@Test
	void comeBackAfterTheNetworkBroke() throws IOException {
		ReturnScenarios.Return back = new ReturnScenarios.Return();
		Guest guest = session().lab(ClientSession::noHandlers,
				(builder) -> builder.reconnect(ReturnScenarios.SOON).listener(back));
		String room = unique("r");
		guest.join(room);
		assertThat(this.server.drop()).isPositive();
		assertThat(back.await().restored()).containsExactly(new Place("lab", ""), new Place("lab", room));
		guest.agree(room);
	}

	@Test
	void roomThatIsRefusedWhenTheClientComesBack() throws IOException {
		AtomicBoolean vip = new AtomicBoolean(true);
		ReturnScenarios.Return back = new ReturnScenarios.Return();
		Inbox inbox = new Inbox();
		NeffosClient client = session().dial(
				Namespaces.builder().namespace("chat", inbox.events(ClientSession::noHandlers)).build(),
				(builder) -> builder.reconnect(ReturnScenarios.SOON)
					.listener(back)
					.headers(() -> Map.of("X-Visitor-Name", List.of(vip.get() ? "vip-ann" : "ann"))));
		client.connect("chat").joinRoom("vip");
		vip.set(false);
		assertThat(this.server.drop()).isPositive();
		Reconnected event = back.await();
		assertThat(event.restored()).containsExactly(new Place("chat", ""));
		assertThat(event.refused()).singleElement().satisfies((refused) -> {
			assertThat(refused.place()).isEqualTo(new Place("chat", "vip"));
			assertThat(refused.reason()).isInstanceOf(RefusedException.class).hasMessage("vip room is restricted");
		});
	}

}
