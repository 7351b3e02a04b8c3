package io.neffos.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Whoever closes: the forced events fire once on each side, and nothing stays (B15). */
class ClientCloseTests {

	private final EventLog serverLog = new EventLog();

	private final EventLog clientLog = new EventLog();

	private final BothSides sides = new BothSides(
			(builder) -> builder.namespace("chat", (events) -> logged(events, this.serverLog))
				.onDisconnect((conn) -> this.serverLog.add("OnDisconnect")),
			(builder) -> builder.namespace("chat", (events) -> logged(events, this.clientLog))
				.onDisconnect((conn) -> this.clientLog.add("OnDisconnect")));

	/** What refuses is not asked when the connection is gone. */
	private static void logged(Events.Builder events, EventLog log) {
		for (String event : List.of(SystemEvents.ROOM_LEAVE, SystemEvents.ROOM_LEFT,
				SystemEvents.NAMESPACE_DISCONNECT)) {
			events.on(event, (ns, msg) -> {
				log.event(ns, msg);
				assertThat(ns.emit("late", null)).isFalse();
				throw new RefusedException("never");
			});
		}
		events.on("silent", (ns, msg) -> {
		});
	}

	@AfterEach
	void stop() {
		this.sides.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "client", "connection of the client", "server", "line", "everybody", "while joining" })
	void forcedEventsFireOnceOnEachSide(String who) throws Exception {
		NeffosClient client = this.sides.dial((builder) -> builder.reconnect(ReconnectPolicy.NEVER));
		NSConn chat = client.connect("chat");
		Room a = chat.joinRoom("a");
		chat.joinRoom("b");
		this.sides.synchronize(chat);
		NSConn onServer = this.sides.onServer(chat);
		CompletableFuture<Message> pending = chat.askAsync("silent", null);
		CompletableFuture<Message> pendingOnServer = onServer.askAsync("silent", null);
		switch (who) {
			case "client" -> client.close();
			case "connection of the client" -> client.conn().close(4000, "bye");
			case "server" -> onServer.conn().close();
			case "line" -> this.sides.line().cut();
			case "while joining" -> {
				chat.joinRoomAsync("c").cancel(false);
				client.close();
			}
			default -> {
				CompletableFuture<?> other = CompletableFuture.runAsync(client::close);
				onServer.conn().close();
				this.sides.line().cut();
				other.join();
			}
		}
		client.closed().get(20, TimeUnit.SECONDS);
		await().until(() -> this.serverLog.lines().contains("OnDisconnect"));
		if (!who.equals("while joining")) {
			String[] all = { "RoomLeave a+!", "RoomLeft a+!", "RoomLeave b+!", "RoomLeft b+!", "NamespaceDisconnect+!",
					"OnDisconnect" };
			this.clientLog.saw(all);
			this.serverLog.saw(all);
		}
		else {
			assertThat(this.serverLog.lines()).doesNotHaveDuplicates()
				.endsWith("NamespaceDisconnect+!", "OnDisconnect");
		}
		for (CompletableFuture<Message> ask : List.of(pending, pendingOnServer)) {
			assertThatThrownBy(() -> ask.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
				.cause()
				.isInstanceOf(WriteClosedException.class);
		}
		assertThat(client.conn().namespaces()).isEmpty();
		assertThat(chat.rooms()).isEmpty();
		assertThat(onServer.rooms()).isEmpty();
		assertThat(chat.emit("x", null)).isFalse();
		assertThat(a.emit("x", null)).isFalse();
		for (Runnable late : List.<Runnable>of(() -> chat.joinRoom("c"), a::leave, chat::disconnect,
				() -> client.connect("chat"), () -> chat.ask("silent", null))) {
			assertThatExceptionOfType(WriteClosedException.class).isThrownBy(late::run);
		}
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
		assertThat(this.sides.server().server().connections("chat")).isEmpty();
		assertThat(this.sides.server().server().connectionCount()).isZero();
		this.sides.expectNothingLeft(client);
	}

}
