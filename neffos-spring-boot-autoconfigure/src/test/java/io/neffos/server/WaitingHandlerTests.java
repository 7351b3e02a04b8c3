package io.neffos.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.neffos.NSConn;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers that wait for what their own connection does. */
@Timeout(40)
class WaitingHandlerTests {

	private final List<String> log = new CopyOnWriteArrayList<>();

	@Test
	void canWaitForAJoinThatCreatesARoomOfWhichOthersAreTold() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.onLocalRoomCreated((room) -> this.log.add("created"))
					.on(SystemEvents.ROOM_JOINED, (ns, msg) -> this.log.add("joined"))
					.onAsk("pull", (ns, msg) -> ns.joinRoom(msg.text()).name())))) {
			WireClient client = server.client("chat").say("$7;chat;;pull;0;0;den");
			client.answer(client.next(), "").expect("$7;chat;;pull;0;0;den");
			assertThat(this.log).containsExactly("created", "joined");
		}
	}

	@Test
	void canWaitForAJoinThatAnotherThreadBegan() {
		CompletableFuture<NSConn> running = new CompletableFuture<>();
		CompletableFuture<Void> begun = new CompletableFuture<>();
		try (TestServer server = TestServer
			.of((namespaces) -> namespaces.namespace("chat", (events) -> events.onAsk("pull", (ns, msg) -> {
				running.complete(ns);
				begun.join();
				return ns.joinRoom(msg.text()).name();
			})))) {
			WireClient client = server.client("chat").say("$7;chat;;pull;0;0;den");
			CompletableFuture<Room> other = running.join().joinRoomAsync("den");
			begun.complete(null);
			client.answer(client.next(), "").expect("$7;chat;;pull;0;0;den");
			assertThat(other.join().name()).isEqualTo("den");
			client.expectNothing();
		}
	}

}
