package io.neffos.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Asks between a client and a server, also inside handlers (B9 and B17). */
class ClientAskTests {

	private final EventLog log = new EventLog();

	private final CompletableFuture<Throwable> inner = new CompletableFuture<>();

	private final BothSides sides = new BothSides((builder) -> builder.namespace("chat", (events) -> {
		both(events);
		events.onAsk("nest blocking", (ns, msg) -> {
			try {
				return ns.conn().ask(Message.of("echo", "inner").namespace("chat"), Duration.ofMillis(50)).text();
			}
			catch (AskTimeoutException ex) {
				this.inner.complete(ex);
				throw new RefusedException("the client is busy");
			}
		});
	}), (builder) -> builder.namespace("chat", (events) -> {
		both(events);
		events.onAsk("ask blocking", (ns, msg) -> ns.ask("nest blocking", null).text())
			.onAsk("join and ask", (ns, msg) -> {
				Room room = ns.joinRoom("lobby");
				return room.name() + ns.ask("echo", "!").text();
			})
			.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> {
				ns.joinRoom("first");
				this.log.add("joined " + ns.rooms().size() + " " + ns.ask("echo", "asked").text());
			});
	}));

	private static void both(Events.Builder events) {
		events.onAsk("echo", (ns, msg) -> msg.body()).onAsk("nest", ClientAskTests::nest).onAsk("refuse", (ns, msg) -> {
			throw new RefusedException("no: " + msg.text());
		}).onAsk("fail", (ns, msg) -> {
			throw new IllegalStateException("secret");
		}).onAsk("room", (ns, msg) -> msg.room() + ((ns.room(msg.room()) != null) ? " joined" : " not joined"));
	}

	/** Asks the other side, which asks this one, and so on; nobody blocks. */
	private static Object nest(NSConn ns, Message msg) {
		int depth = Integer.parseInt(msg.text());
		return (depth == 0) ? "0"
				: ns.askAsync("nest", String.valueOf(depth - 1)).thenApply((answer) -> answer.text() + " " + depth);
	}

	@AfterEach
	void stop() {
		this.sides.close();
	}

	@Test
	void sameOnBothSides() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		for (NSConn asker : List.of(chat, this.sides.onServer(chat))) {
			Message answer = asker.ask("echo", "body;with;semicolons");
			assertThat(answer.text()).isEqualTo("body;with;semicolons");
			assertThat(answer.namespace()).isEqualTo("chat");
			assertThat(answer.event()).isEqualTo("echo");
			assertThat(answer.isBinary()).isFalse();
			Message binary = asker.conn()
				.ask(Message.of("echo", new byte[] { 0, ';', -1 }).namespace("chat").binary(true));
			assertThat(binary.body()).containsExactly(0, ';', -1);
			assertThat(binary.isBinary()).isTrue();
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> asker.ask("refuse", "x"))
				.withMessage("no: x");
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> asker.ask("fail", "x"))
				.withMessage("internal error");
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> asker.ask("nobody knows", null))
				.withMessage("no handler for event");
			assertThatExceptionOfType(BadNamespaceException.class)
				.isThrownBy(() -> asker.conn().ask(Message.of("echo").namespace("news")));
			assertThatExceptionOfType(BadRoomException.class)
				.isThrownBy(() -> asker.conn().ask(Message.of("echo").namespace("chat").room("nowhere")));
		}
		this.sides.synchronize(chat);
		this.sides.expectNothingLeft(client);
	}

	@Test
	void handlersAskEachOtherAsDeepAsTheyLike() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		assertThat(chat.ask("nest", "7").text()).isEqualTo("0 1 2 3 4 5 6 7");
		this.sides.synchronize(chat);
		this.sides.expectNothingLeft(client);
	}

	@Test
	void blockingHandlerOfTheClientHoldsUpWhatTheServerAsksInside() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.sides.onServer(chat).ask("ask blocking", null))
			.withMessage("the client is busy");
		assertThat(this.inner).isCompleted();
		// The answer that came too late is an answer to nobody.
		this.sides.synchronize(chat);
		this.sides.expectNothingLeft(client);
	}

	@Test
	void handlerOfTheClientMayJoinAndAsk() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		assertThat(this.sides.onServer(chat).ask("join and ask", null).text()).isEqualTo("lobby!");
		assertThat(this.sides.onServer(chat).room("lobby")).isNotNull();
	}

	@Test
	void handlerOfOnNamespaceConnectedMayJoinAndAsk() {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		this.log.saw("joined 1 asked");
		chat.disconnect();
		this.log.clear();
		NSConn onServer = this.sides.onServer(client).connect("chat");
		this.log.awaits("joined 1 asked");
		assertThat(onServer.room("first")).isNotNull();
		this.sides.synchronize(client.namespace("chat"));
		this.sides.expectNothingLeft(client);
	}

	@Test
	void bothAtOnce() throws Exception {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		NSConn onServer = this.sides.onServer(chat);
		List<CompletableFuture<Message>> asked = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			asked.add(chat.askAsync("echo", "c" + i));
			asked.add(onServer.askAsync("echo", "s" + i));
		}
		for (int i = 0; i < 50; i++) {
			assertThat(asked.get(2 * i).get(20, TimeUnit.SECONDS).text()).isEqualTo("c" + i);
			assertThat(asked.get(2 * i + 1).get(20, TimeUnit.SECONDS).text()).isEqualTo("s" + i);
		}
		this.sides.expectNothingLeft(client);
	}

	@Test
	void namespaceOnlyTheServerDeclares() {
		try (BothSides other = new BothSides((server) -> server.namespace("chat", (events) -> {
		}), (client) -> client.namespace("mine", (events) -> {
		}))) {
			NeffosClient client = other.dial();
			assertThatExceptionOfType(BadNamespaceException.class).isThrownBy(() -> client.connect("chat"))
				.withMessageContaining("not declared on this side");
			assertThatExceptionOfType(BadNamespaceException.class).isThrownBy(() -> client.connect("mine"))
				.withMessage("bad namespace");
			assertThat(other.frames()).containsExactly("--> M", "<-- Ac1", "--> T;mine;;_OnNamespaceConnect;0;0;",
					"<-- T;mine;;_OnNamespaceConnect;1;0;bad namespace");
			other.expectNothingLeft(client);
		}
	}

}
