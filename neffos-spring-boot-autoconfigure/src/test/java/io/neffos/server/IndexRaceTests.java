package io.neffos.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.neffos.Events;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.engine.Member;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A room that comes and goes as fast as threads can. */
@Timeout(40)
class IndexRaceTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void roomThatComesAndGoesAllTheTimeIsCreatedAndDestroyedInTurns() throws Exception {
		int movers = 4;
		int rounds = 100_000;
		List<Object> published = Collections.synchronizedList(new ArrayList<>());
		RoomEvents publisher = (event) -> {
			if (event instanceof RoomCreated || event instanceof RoomDestroyed) {
				published.add(event);
			}
		};
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat", (events) -> {
		}))) {
			NamespaceIndex index = new NamespaceIndex("chat",
					new RoomLifecycle(Events.builder().build(), publisher, true, this.threads),
					(namespace, room, scope) -> new RoomView(server.server(), namespace, room, scope), null);
			List<Future<?>> ends = new ArrayList<>();
			for (int i = 0; i < movers; i++) {
				WireClient client = server.client("chat").join("chat", "x");
				Member member = (Member) client.on(server).namespace("chat").room("x");
				client.leave("chat", "x");
				ends.add(this.threads.submit(() -> {
					for (int round = 0; round < rounds; round++) {
						index.join(member, "den");
						index.leave(member, "den");
					}
				}));
			}
			for (Future<?> end : ends) {
				end.get();
			}
			assertThat(index.roomCount()).isZero();
		}
		await().until(() -> published.size() % 2 == 0 && !(published.get(published.size() - 1) instanceof RoomCreated));
		for (int i = 0; i < published.size(); i++) {
			assertThat(published.get(i) instanceof RoomCreated).as("event " + i).isEqualTo(i % 2 == 0);
		}
	}

}
