package io.neffos.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.SystemEvents;
import io.neffos.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The promises of B11, while several threads send and others come and go. */
@Timeout(60)
class BroadcastOrderStressTests {

	private static final int SENDERS = 4;

	private static final int EACH = 2_000;

	private static final int STAYING = 4;

	private static final int MOVING = 3;

	/** Of the members that stay: gets every message for the room. */
	private static final int REFERENCE = 0;

	/** Left out of every fifth message. */
	private static final int EXCLUDED = 1;

	/** The owner of every seventh message, which goes to the others. */
	private static final int OWNER = 2;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestServer server = new TestServer(
			TestServer.namespaces((builder) -> builder.namespace("chat", (events) -> {
			})),
			TestServer.settings(TestServer.SETTINGS)
				.outbox(Integer.MAX_VALUE, Integer.MAX_VALUE)
				.inbound(1000, 10_000, 0, 1)
				.build());

	@AfterEach
	void stop() {
		this.server.close();
		this.threads.shutdownNow();
	}

	@RepeatedTest(3)
	void allMembersSeeTheSameOrderAndEachThreadsOwn() throws Exception {
		List<List<String>> received = new ArrayList<>();
		List<AnsweringClient> staying = new ArrayList<>();
		List<NSConn> members = new ArrayList<>();
		for (int i = 0; i < STAYING; i++) {
			List<String> list = new ArrayList<>();
			AnsweringClient client = connect("stays" + i, list);
			client.request("chat", "den", SystemEvents.ROOM_JOIN).join();
			staying.add(client);
			received.add(list);
			members.add(this.server.server().connection(client.id()).namespace("chat"));
		}
		AtomicBoolean sending = new AtomicBoolean(true);
		List<Future<List<List<String>>>> movers = new ArrayList<>();
		CountDownLatch moving = new CountDownLatch(MOVING);
		for (int i = 0; i < MOVING; i++) {
			int mover = i;
			movers.add(this.threads.submit(() -> comeAndGo("moves" + mover, moving, sending)));
		}
		moving.await();
		List<Future<?>> senders = new ArrayList<>();
		for (int i = 0; i < SENDERS; i++) {
			int sender = i;
			senders.add(this.threads.submit(() -> send(sender, members)));
		}
		for (Future<?> sender : senders) {
			sender.get();
		}
		sending.set(false);
		List<List<String>> stays = new ArrayList<>();
		for (Future<List<List<String>>> mover : movers) {
			stays.addAll(mover.get());
		}
		for (AnsweringClient client : staying) {
			client.request("chat", "den", SystemEvents.ROOM_LEAVE).join();
		}
		verifyStaying(received);
		verifyMoving(stays, order(received.get(REFERENCE)));
	}

	private AnsweringClient connect(String id, List<String> received) {
		AnsweringClient client = new AnsweringClient(this.threads, (request) -> "", received::add)
			.open(this.server.server(), id);
		client.request("chat", "", SystemEvents.NAMESPACE_CONNECT).join();
		return client;
	}

	private void send(int sender, List<NSConn> members) {
		for (int i = 0; i < EACH; i++) {
			String body = sender + ":" + i;
			Message message = Message.builder().namespace("chat").room("den").event("room").body(body).build();
			if (i % 5 == 1) {
				this.server.server().broadcast(Exclude.conn(members.get(EXCLUDED).conn()), message);
			}
			else if (i % 7 == 1) {
				members.get(OWNER).broadcastOthers(message);
			}
			else if (i % 3 == 1) {
				members.get(i % STAYING).emit("direct", body);
			}
			else {
				this.server.server().namespace("chat").room("den").emit("room", body);
			}
		}
	}

	private static boolean isFor(int member, int i) {
		if (i % 5 == 1) {
			return member != EXCLUDED;
		}
		if (i % 7 == 1) {
			return member != OWNER;
		}
		return i % 3 != 1 || i % STAYING == member;
	}

	/** What was received from each join to the leave that followed. */
	private List<List<String>> comeAndGo(String id, CountDownLatch moving, AtomicBoolean sending) {
		List<String> list = new ArrayList<>();
		List<List<String>> stays = new ArrayList<>();
		AnsweringClient client = connect(id, list);
		while (sending.get()) {
			client.request("chat", "den", SystemEvents.ROOM_JOIN).join();
			moving.countDown();
			client.request("chat", "den", SystemEvents.ROOM_LEAVE).join();
			stays.add(new ArrayList<>(list));
			list.clear();
		}
		return stays;
	}

	private static List<String> roomBodies(List<String> frames) {
		return frames.stream()
			.filter((frame) -> frame.startsWith(";chat;den;room;"))
			.map(BroadcastOrderStressTests::body)
			.toList();
	}

	private static String body(String frame) {
		return frame.substring(frame.lastIndexOf(';') + 1);
	}

	private static Map<String, Integer> order(List<String> reference) {
		Map<String, Integer> order = new HashMap<>();
		roomBodies(reference).forEach((body) -> order.put(body, order.size()));
		return order;
	}

	private static void verifyStaying(List<List<String>> received) {
		Map<String, Integer> order = order(received.get(REFERENCE));
		for (int member = 0; member < STAYING; member++) {
			List<List<String>> bySender = new ArrayList<>();
			for (int sender = 0; sender < SENDERS; sender++) {
				bySender.add(new ArrayList<>());
			}
			for (String frame : received.get(member)) {
				String body = body(frame);
				bySender.get(body.charAt(0) - '0').add(body);
			}
			for (int sender = 0; sender < SENDERS; sender++) {
				List<String> expected = new ArrayList<>();
				for (int i = 0; i < EACH; i++) {
					if (isFor(member, i)) {
						expected.add(sender + ":" + i);
					}
				}
				assertThat(bySender.get(sender)).as("member %d from sender %d", member, sender).isEqualTo(expected);
			}
			assertThat(roomBodies(received.get(member)).stream().map(order::get)).as("order of member %d", member)
				.isSorted();
		}
	}

	/**
	 * Everything between the first and the last message of a stay, and in the same order.
	 */
	private static void verifyMoving(List<List<String>> stays, Map<String, Integer> order) {
		int messages = 0;
		for (List<String> stay : stays) {
			List<Integer> places = roomBodies(stay).stream().map(order::get).toList();
			for (int i = 1; i < places.size(); i++) {
				assertThat(places.get(i)).isEqualTo(places.get(i - 1) + 1);
			}
			messages += places.size();
		}
		assertThat(messages).as("messages that movers received").isPositive();
	}

}
