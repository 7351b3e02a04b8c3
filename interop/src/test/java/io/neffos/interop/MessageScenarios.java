package io.neffos.interop;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.neffos.AskTimeoutException;
import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.client.NeffosClient;
import io.neffos.interop.ClientSession.Guest;
import org.junit.jupiter.api.Test;

import static io.neffos.interop.ClientSession.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Events, asks and answers, in either direction, and native messages. */
interface MessageScenarios {

	ClientSession session();

	@Test
	default void emit() {
		Guest guest = session().lab();
		guest.ns().emit("bytes", "3");
		assertThat(guest.inbox().next("bytes", "").body()).containsExactly(0, 1, 2);
	}

	@Test
	default void askAndReply() {
		Guest guest = session().lab();
		for (String body : List.of("hello", "a;b;;c;;;;;;;", "Zoë 房间 🎈", "{\"json\":[1,2]}", "", "x".repeat(20_000))) {
			assertThat(guest.ask("echo", body)).isEqualTo(body);
		}
	}

	@Test
	default void askAndError() {
		Guest guest = session().lab();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guest.ask("fail", "x"))
			.withMessage("no luck");
		guest.settle();
	}

	@Test
	default void askWithoutHandler() {
		Guest guest = session().lab();
		if (Difference.ASK_WITHOUT_HANDLER.shownBy(session().peer())) {
			assertThatExceptionOfType(AskTimeoutException.class)
				.isThrownBy(() -> guest.ns().ask("no-such-event", "x", Duration.ofMillis(300)));
		}
		else {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guest.ask("no-such-event", "x"))
				.withMessage("no handler for event");
		}
		guest.settle();
	}

	@Test
	default void askThatIsNotAnswered() {
		Guest guest = session().lab();
		assertThatExceptionOfType(AskTimeoutException.class)
			.isThrownBy(() -> guest.ns().ask("silent", "x", Duration.ofMillis(100)));
		guest.settle();
		assertThat(guest.inbox().drain()).isEmpty();
	}

	@Test
	default void emitWithoutHandlerIsNotAnswered() {
		Guest guest = session().lab();
		guest.ns().emit("no-such-event", "x");
		guest.settle();
		assertThat(guest.inbox().drain()).isEmpty();
	}

	@Test
	default void askInRoom() {
		Guest guest = session().lab();
		Room room = guest.join(unique("r"));
		Message reply = guest.ns().conn().ask(Message.to(room).event("echo").body("in here"));
		assertThat(reply.room()).isEqualTo(room.name());
		assertThat(reply.text()).isEqualTo("in here");
	}

	@Test
	default void manyAsksAtOnce() {
		Guest guest = session().lab();
		List<CompletableFuture<Message>> asks = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			asks.add(guest.ns().askAsync("echo", String.valueOf(i)));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(asks.get(i).join().text()).isEqualTo(String.valueOf(i));
		}
	}

	@Test
	default void binary() {
		Guest guest = session().lab();
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		guest.ns().emitBinary("bytes", "256".getBytes(StandardCharsets.UTF_8));
		Message message = guest.inbox().next("bytes", "");
		assertThat(message.body()).isEqualTo(bytes);
		assertThat(message.isBinary()).isTrue();
		Message reply = guest.ns().conn().ask(Message.of("echo", bytes).namespace("lab").binary(true));
		assertThat(reply.body()).isEqualTo(bytes);
		assertThat(reply.isBinary()).isTrue();
		assertThat(guest.ns().ask("echo", "text").isBinary()).isFalse();
	}

	@Test
	default void bigBinary() {
		Guest guest = session().lab();
		guest.ns().emit("bytes", "60000");
		assertThat(guest.inbox().next("bytes", "").body()).hasSize(60_000);
	}

	@Test
	default void binaryBroadcast() {
		String name = unique("r");
		Guest sender = session().lab();
		Guest other = session().lab();
		Room room = sender.join(name);
		other.join(name);
		byte[] body = { 0, 59, -1, -128, 59, 10 };
		room.emitBinary("say", body);
		Message message = other.inbox().next("said", name);
		assertThat(message.body()).isEqualTo(body);
		assertThat(message.isBinary()).isTrue();
	}

	@Test
	default void errorReplyToBinaryAsk() {
		Guest guest = session().lab();
		Message ask = Message.of("fail", new byte[] { 1, 2 }).namespace("lab").binary(true);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guest.ns().conn().ask(ask))
			.withMessage("no luck");
	}

	@Test
	default void nativeMessage() {
		Inbox inbox = new Inbox();
		NeffosClient client = session().dial(Namespaces.builder()
			.namespace("lab", ClientSession::noHandlers)
			.namespace("", inbox.events((events) -> events.on(SystemEvents.NATIVE_MESSAGE, (ns, message) -> {
			})))
			.build(), UnaryOperator.identity());
		client.connect("");
		inbox.expect("NamespaceConnect+", "NamespaceConnected+");
		client.conn().write(Message.nativeMessage("hello; there"));
		Message message = inbox.next(SystemEvents.NATIVE_MESSAGE, "");
		assertThat(message.text()).isEqualTo("native:hello; there");
		assertThat(message.isBinary()).isFalse();
		client.conn().write(Message.nativeMessage(new byte[] { 1, 2, 3 }).binary(true));
		message = inbox.next(SystemEvents.NATIVE_MESSAGE, "");
		assertThat(message.body()).containsExactly(3, 2, 1);
		assertThat(message.isBinary()).isTrue();
		new Guest(client, client.connect("lab"), inbox).settle();
	}

	@Test
	default void quiz() {
		Guest guest = session().lab(question((ns, message) -> "42"));
		assertThat(guest.ask("quiz", "")).isEqualTo("answer: 42");
		assertThat(guest.inbox().text("question", "")).isEqualTo("6x7");
	}

	@Test
	default void quizAnsweredWithError() {
		Guest guest = session().lab(question((ns, message) -> {
			throw new RefusedException("too hard");
		}));
		assertThat(guest.ask("quiz", "")).isEqualTo("error: too hard");
	}

	@Test
	default void quizAnsweredLater() {
		Guest guest = session().lab(question((ns, message) -> CompletableFuture.supplyAsync(() -> "42")));
		assertThat(guest.ask("quiz", "")).isEqualTo("answer: 42");
	}

	@Test
	default void quizWithOtherMessagesInFlight() {
		Guest guest = session().lab(question((ns, message) -> {
			ns.emit("bytes", "1");
			ns.emit("bytes", "2");
			return "42";
		}));
		Room room = guest.join(unique("r"));
		for (int i = 0; i < 5; i++) {
			room.emit("shout", "before " + i);
		}
		assertThat(guest.ask("quiz", "")).isEqualTo("answer: 42");
		for (int i = 0; i < 5; i++) {
			assertThat(guest.inbox().text("shouted", room.name())).isEqualTo("before " + i);
		}
		assertThat(guest.inbox().next("bytes", "").body()).containsExactly(0);
		assertThat(guest.inbox().next("bytes", "").body()).containsExactly(0, 1);
	}

	@Test
	default void askInsideHandlerWithOtherMessagesInFlight() {
		Guest guest = session().lab((events) -> events.on("shouted", (ns, message) -> {
			if (message.text().equals("0")) {
				ns.emit("echoed", null);
				ns.joinRoom(message.room() + "-too").emit("shout", ns.ask("echo", "asked inside").text());
			}
		}));
		Room room = guest.join(unique("r"));
		for (int i = 0; i < 20; i++) {
			room.emit("shout", String.valueOf(i));
		}
		assertThat(guest.inbox().text("shouted", room.name() + "-too")).isEqualTo("asked inside");
		for (int i = 0; i < 20; i++) {
			assertThat(guest.inbox().text("shouted", room.name())).isEqualTo(String.valueOf(i));
		}
	}

	@Test
	default void emitInOnNamespaceConnected() {
		for (int i = 0; i < 20; i++) {
			Inbox inbox = new Inbox();
			NeffosClient client = session().dial(Namespaces.builder()
				.namespace("lab",
						inbox.events((events) -> events.on(SystemEvents.NAMESPACE_CONNECTED,
								(ns, message) -> ns.emit("bytes", "2"))))
				.build(), UnaryOperator.identity());
			client.connect("lab");
			assertThat(inbox.next("bytes", "").body()).containsExactly(0, 1);
		}
	}

	private static Consumer<Events.Builder> question(EventHandler answer) {
		return (events) -> events.onAsk("question", answer);
	}

}
