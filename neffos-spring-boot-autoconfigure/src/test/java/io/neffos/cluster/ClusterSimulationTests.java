package io.neffos.cluster;

import java.time.Duration;

import io.neffos.cluster.SimulatedCluster.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Many views, and everything that may happen to them, by the seed of a random. */
class ClusterSimulationTests {

	private static final String[] NAMESPACES = { "chat", "game" };

	private static final int ROOMS = 6;

	/** A handover, a wait, and the digests before and after. */
	private static final Duration PROMPT = Duration.ofSeconds(4);

	/** Longer than a lease, what a new server waits, and what is repaired meanwhile. */
	private static final Duration QUIET = Duration.ofSeconds(45);

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void tellsEachLifeOnceWhileServersComeAndGo(long seed) {
		SimulatedCluster cluster = start(seed, 3);
		for (int i = 0; i < 600; i++) {
			// Slower than news are: what is shorter is told as one, or as a pair.
			slowAction(cluster);
			cluster.run(Duration.ofMillis(1_000 + cluster.random.nextInt(1_000)));
			if (i % 20 == 10) {
				comeOrGo(cluster);
				cluster.run(Duration.ofSeconds(1));
			}
		}
		cluster.run(QUIET);
		cluster.assertThatAllAgree();
		cluster.assertThatLivesAlternate();
		cluster.assertThatNoLifeIsCut();
		cluster.assertThatTruthIsToldWithin(PROMPT);
		cluster.assertThatShortLivesAreToldWithin(PROMPT);
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })
	void tellsInTurnWhileServersComeAndGoAndDie(long seed) {
		SimulatedCluster cluster = start(seed, 4);
		for (int i = 0; i < 3_000; i++) {
			fastAction(cluster);
			if (i % 150 == 100) {
				comeOrGo(cluster);
			}
			if (i % 300 == 200 && cluster.servers.size() > 2) {
				cluster.crash(cluster.any());
			}
			cluster.run(Duration.ofMillis(cluster.random.nextInt(150)));
		}
		cluster.run(QUIET);
		cluster.assertThatAllAgree();
		cluster.assertThatLivesAlternate();
		cluster.assertThatNoLifeIsCut();
		cluster.assertThatTruthIsToldWithin(PROMPT.plus(SimulatedCluster.LEASE));
	}

	@ParameterizedTest
	@ValueSource(longs = { 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 })
	void agreesAfterLossPartsDeathsAndReturns(long seed) {
		SimulatedCluster cluster = start(seed, 5);
		cluster.maxDelay = Duration.ofMillis(400).toNanos();
		cluster.loss = 0.1;
		for (int i = 0; i < 4_000; i++) {
			fastAction(cluster);
			if (i % 200 == 100) {
				disturb(cluster);
			}
			cluster.run(Duration.ofMillis(cluster.random.nextInt(100)));
		}
		heal(cluster);
		cluster.loss = 0;
		cluster.run(QUIET);
		cluster.assertThatAllAgree();
		assertThatEachRoomHasOneToAnswerForIt(cluster);
	}

	/**
	 * Each room that lives is told to be gone once, by whoever answers for it; no other
	 * is.
	 */
	private static void assertThatEachRoomHasOneToAnswerForIt(SimulatedCluster cluster) {
		cluster.told.values().forEach((events) -> assertThat(events.get(0).created()).isTrue());
		for (String namespace : NAMESPACES) {
			for (int room = 0; room < ROOMS; room++) {
				String name = namespace + "/r" + room;
				long before = cluster.countTold(name, false);
				long expected = (cluster.truth(namespace, "r" + room) > 0) ? 1 : 0;
				for (Server server : cluster.servers) {
					while (server.rooms.size(namespace, "r" + room) > 0) {
						server.leave(namespace, "r" + room);
					}
				}
				cluster.run(SimulatedCluster.WAIT.plusSeconds(2));
				assertThat(cluster.countTold(name, false) - before).as("%s: %s", name, cluster.told.get(name))
					.isEqualTo(expected);
				cluster.any().join(namespace, "r" + room);
				long created = cluster.countTold(name, true);
				cluster.run(Duration.ofSeconds(1));
				assertThat(cluster.countTold(name, true) - created).as("%s: %s", name, cluster.told.get(name)).isOne();
			}
		}
	}

	private static SimulatedCluster start(long seed, int servers) {
		SimulatedCluster cluster = new SimulatedCluster(seed);
		for (int i = 0; i < servers; i++) {
			cluster.start();
			cluster.run(Duration.ofMillis(cluster.random.nextInt(500)));
		}
		// As long as all are new, what lives only shortly is not told.
		cluster.run(Duration.ofSeconds(10));
		return cluster;
	}

	private static void slowAction(SimulatedCluster cluster) {
		String namespace = namespace(cluster);
		String room = room(cluster);
		Server server = cluster.any();
		switch (cluster.random.nextInt(6)) {
			case 0 -> server.join(namespace, room);
			case 1 -> {
				server.join(namespace, room);
				cluster.run(Duration.ofMillis(cluster.random.nextInt(20)));
				leaveAllBut(cluster, server, namespace, room);
			}
			case 2 -> leaveAllBut(cluster, null, namespace, room);
			case 3 -> server.leave(namespace, room);
			default -> {
				server.join(namespace, room);
				server.leave(namespace, room);
			}
		}
	}

	private static void leaveAllBut(SimulatedCluster cluster, @Nullable Server one, String namespace, String room) {
		for (Server each : cluster.servers) {
			while (each != one && each.rooms.size(namespace, room) > 0) {
				each.leave(namespace, room);
			}
		}
	}

	private static void fastAction(SimulatedCluster cluster) {
		Server server = cluster.any();
		String namespace = namespace(cluster);
		String room = room(cluster);
		if (server.rooms.size(namespace, room) > 0 && cluster.random.nextInt(3) > 0) {
			server.leave(namespace, room);
		}
		else if (cluster.random.nextInt(3) > 0) {
			server.join(namespace, room);
		}
	}

	private static String namespace(SimulatedCluster cluster) {
		return NAMESPACES[cluster.random.nextInt(NAMESPACES.length)];
	}

	private static String room(SimulatedCluster cluster) {
		return "r" + cluster.random.nextInt(ROOMS);
	}

	private static void comeOrGo(SimulatedCluster cluster) {
		if (cluster.servers.size() < 3 || (cluster.servers.size() < 7 && cluster.random.nextBoolean())) {
			cluster.start();
		}
		else {
			cluster.leave(cluster.any());
		}
	}

	private static void disturb(SimulatedCluster cluster) {
		Server server = cluster.any();
		switch (cluster.random.nextInt(6)) {
			case 0 -> comeOrGo(cluster);
			case 1 -> {
				if (cluster.servers.size() > 3) {
					cluster.crash(server);
				}
			}
			case 2 -> cluster.servers.stream()
				.filter((each) -> each.part < 100)
				.forEach((each) -> each.part = cluster.random.nextInt(2));
			case 3 -> heal(cluster);
			case 4 -> {
				server.part = 100 + cluster.random.nextInt(1_000);
				server.view.connectionLost();
			}
			default -> cluster.run(Duration.ofSeconds(20));
		}
	}

	private static void heal(SimulatedCluster cluster) {
		cluster.servers.forEach((server) -> {
			if (server.part >= 100) {
				server.view.connectionBack();
			}
			server.part = 0;
		});
	}

}
