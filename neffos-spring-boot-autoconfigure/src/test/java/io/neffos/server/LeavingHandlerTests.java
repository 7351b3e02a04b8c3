package io.neffos.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.neffos.SystemEvents;
import io.neffos.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Handlers that join, leave and disconnect in the middle of a join, leave or disconnect.
 */
@Timeout(40)
class LeavingHandlerTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> log = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void cannotJoinWhileItsNamespaceIsBeingLeft() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_LEFT, (ns, msg) -> {
					try {
						ns.joinRoom("late");
						this.log.add("joined");
					}
					catch (RuntimeException ex) {
						this.log.add(ex.getClass().getSimpleName());
					}
				})))) {
			AnsweringClient client = new AnsweringClient(this.threads, (request) -> "", (event) -> {
			}).open(server.next(), "c");
			client.request("chat", "", SystemEvents.NAMESPACE_CONNECT).join();
			client.request("chat", "den", SystemEvents.ROOM_JOIN).join();
			server.connection("c").namespace("chat").disconnect();
			assertThat(this.log).containsExactly("BadNamespaceException");
			server.expectRooms("chat");
			assertThat(server.connections("chat")).isEmpty();
		}
	}

	@Test
	void leavesOnceWhenItLeavesTheRoomThatIsBeingLeft() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_LEAVE, (ns, msg) -> {
					this.log.add(msg.isLocal() ? "leave by server" : "leave by client");
					if (!msg.isLocal()) {
						ns.room(msg.room()).leave();
					}
				}).on(SystemEvents.ROOM_LEFT, (ns, msg) -> this.log.add("left"))))) {
			AnsweringClient client = new AnsweringClient(this.threads, (request) -> "", (event) -> {
			}).open(server.next(), "c");
			client.request("chat", "", SystemEvents.NAMESPACE_CONNECT).join();
			client.request("chat", "den", SystemEvents.ROOM_JOIN).join();
			client.request("chat", "den", SystemEvents.ROOM_LEAVE).join();
			assertThat(this.log).containsExactly("leave by client", "leave by server", "left");
			client.vanish();
			await().until(() -> server.connections("chat").isEmpty());
			assertThat(this.log).hasSize(3);
		}
	}

	@Test
	void joinIsAnsweredWhenItsHandlerDisconnects() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> events.on(SystemEvents.ROOM_JOIN, (ns, msg) -> ns.disconnect())))) {
			AnsweringClient client = new AnsweringClient(this.threads, (request) -> "", (event) -> {
			}).open(server.next(), "c");
			client.request("chat", "", SystemEvents.NAMESPACE_CONNECT).join();
			assertThat(client.request("chat", "den", SystemEvents.ROOM_JOIN).join())
				.endsWith(";chat;den;_OnRoomJoin;1;0;bad namespace");
			server.expectRooms("chat");
		}
	}

}
