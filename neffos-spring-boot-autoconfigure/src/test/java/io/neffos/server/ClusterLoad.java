package io.neffos.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.neffos.RoomInfo;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many clients of a cluster of three: some are members of a room all the time, and are
 * held to account for each message; the others join, leave, broadcast and vanish at
 * random.
 */
final class ClusterLoad implements AutoCloseable {

	private static final int ROOMS = 10;

	private final TestServer test;

	private final List<Steady> steady = new ArrayList<>();

	private final List<WireClient> restless = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Map<String, Integer> sentBy = new HashMap<>();

	private final Future<?> churn;

	private volatile boolean calm;

	ClusterLoad(TestServer test, int steadyClients, int restlessClients) {
		this.test = test;
		int servers = test.servers().size();
		for (int i = 0; i < steadyClients; i++) {
			WireClient client = test.client("chat").join("chat", room(i));
			this.steady.add(new Steady(client, serverOf(client, servers), room(i), new HashMap<>()));
		}
		for (int i = 0; i < restlessClients; i++) {
			this.restless.add(test.client("chat"));
		}
		this.churn = this.threads.submit(this::churn);
	}

	private static String room(int number) {
		return "room" + (number % ROOMS);
	}

	private int serverOf(WireClient client, int servers) {
		for (int i = 0; i < servers; i++) {
			if (!this.test.servers().get(i).connectionsById(client.id()).isEmpty()) {
				return i;
			}
		}
		throw new IllegalStateException();
	}

	private void churn() {
		Random random = new Random(42);
		Map<WireClient, Set<String>> joined = new HashMap<>();
		while (!this.calm) {
			int at = random.nextInt(this.restless.size());
			WireClient client = this.restless.get(at);
			Set<String> rooms = joined.computeIfAbsent(client, (key) -> new HashSet<>());
			String room = room(random.nextInt(ROOMS + 5));
			switch (random.nextInt(8)) {
				case 0 -> {
					joined.remove(client);
					client.vanish();
					client = this.test.client("chat");
					this.restless.set(at, client);
				}
				case 1, 2 -> {
					if (rooms.remove(room)) {
						client.say("7;chat;" + room + ";_OnRoomLeave;0;0;");
					}
				}
				case 3 -> client.say(";chat;" + room + ";noise;0;0;x");
				default -> {
					if (rooms.add(room)) {
						client.say("8;chat;" + room + ";_OnRoomJoin;0;0;");
					}
				}
			}
			client.drain();
		}
	}

	/** Broadcast to all rooms, from all servers at once. */
	void broadcast(String phase, int count) throws Exception {
		List<Future<?>> senders = new ArrayList<>();
		for (int server = 0; server < this.test.servers().size(); server++) {
			int from = server;
			for (int i = 0; i < count; i++) {
				this.sentBy.put(phase + "-" + from + "-" + i, from);
			}
			senders.add(this.threads.submit(() -> {
				for (int i = 0; i < count; i++) {
					this.test.servers()
						.get(from)
						.namespace("chat")
						.room(room(i))
						.emit("tick", phase + "-" + from + "-" + i);
				}
			}));
		}
		for (Future<?> sender : senders) {
			sender.get(60, TimeUnit.SECONDS);
		}
	}

	/** Each member has got what any of these servers sent to its room. */
	void expect(String phase, int... servers) {
		expectAmong(phase, servers);
	}

	/** Each member on one of these servers has got what any of them sent to its room. */
	void expectAmong(String phase, int... servers) {
		Set<Integer> among = new HashSet<>();
		for (int server : servers) {
			among.add(server);
		}
		for (Steady member : this.steady) {
			if (among.contains(member.server)) {
				Set<String> wanted = new HashSet<>();
				this.sentBy.forEach((body, from) -> {
					int number = Integer.parseInt(body.substring(body.lastIndexOf('-') + 1));
					if (body.startsWith(phase + "-") && among.contains(from) && room(number).equals(member.room)) {
						wanted.add(body);
					}
				});
				await().untilAsserted(() -> {
					member.read();
					assertThat(member.got.keySet()).as("member on server " + member.server).containsAll(wanted);
				});
			}
		}
	}

	/** Whatever happened, nothing came twice. */
	void expectNothingTwice() {
		for (Steady member : this.steady) {
			member.read();
			assertThat(member.got.values()).as("member on server " + member.server).containsOnly(1);
		}
	}

	void stopChurn() throws Exception {
		this.calm = true;
		this.churn.get(60, TimeUnit.SECONDS);
	}

	/** All servers say of all rooms what is true. */
	void awaitAgreement() {
		await().untilAsserted(() -> {
			Map<String, Integer> truth = new HashMap<>();
			this.test.servers()
				.forEach((server) -> server.connections("chat")
					.forEach((conn) -> conn.rooms().forEach((room) -> truth.merge(room.name(), 1, Integer::sum))));
			for (DefaultNeffosServer server : this.test.servers()) {
				Map<String, Integer> seen = new HashMap<>();
				for (RoomInfo room : server.rooms("chat")) {
					seen.put(room.name(), room.size());
				}
				assertThat(seen).isEqualTo(truth);
			}
		});
	}

	void leaveAll() {
		this.steady.forEach((member) -> member.client.vanish());
		this.restless.forEach(WireClient::vanish);
	}

	@Override
	public void close() {
		this.calm = true;
		this.threads.shutdownNow();
	}

	/** A member of one room, with how often it got each message. */
	private record Steady(WireClient client, int server, String room, Map<String, Integer> got) {

		void read() {
			for (String frame : this.client.drain()) {
				if (frame.contains(";tick;")) {
					this.got.merge(frame.substring(frame.lastIndexOf(';') + 1), 1, Integer::sum);
				}
			}
		}

	}

}
