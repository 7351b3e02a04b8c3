package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a server.
 *
 * @param name how it is selected
 * @param title what it is, for people
 * @param load the load generator's arguments, without times
 * @param connections how many connections it opens
 * @param rooms how many rooms there are
 * @param figure the main figure: where it stands in the load generator's output
 * @param unit its unit
 * @param throughput where the operations per second stand, empty for none
 * @param latency where the distribution of latencies stands, empty for none
 * @param memory whether memory is what counts, so that the heap starts small
 * @param unsupported peers that cannot do it, with the reason
 */
record Scenario(String name, String title, List<String> load, int connections, int rooms, String figure, String unit,
		String throughput, String latency, boolean memory, Map<String, String> unsupported) {

	private static final String CPU = "/server/cpu_us_per_";

	static final List<Scenario> ALL = List.of(fanOut("A", "1,000 members, one room", 1000, 1, "--window", "4"),
			fanOut("B", "100 rooms of 10", 1000, 100, "--window", "16"),
			fanOut("B4", "100 rooms of 10, four times in flight", 1000, 100, "--window", "64"),
			fanOut("C", "5,000 connections, 500 rooms of 10", 5000, 500, "--window", "16"),
			sparse("sparse", "100 rooms of 10, 20,000 deliveries/s, latency", 1000, 100, "/latency_us/p99", "us p99"),
			paced("rate5k", "5,000 connections, 500 rooms of 10, 20,000 deliveries/s", 5000, 500),
			paced("rate20k", "20,000 connections, 2,000 rooms of 10, 20,000 deliveries/s", 20_000, 2000),
			ask("ask", "ask, 50 connections, closed loop", 50),
			ask("ask1000", "ask, 1,000 connections, closed loop", 1000),
			new Scenario("joins", "join and leave, 1,000 connections", List.of("--scenario", "churn"), 1000, 1,
					CPU + "pair", "us CPU/pair", "/pairs_per_s", "/join_us", false,
					Map.of("stomp", "Spring's simple broker confirms no subscription, so a pair has no end")),
			new Scenario("idle", "idle connections, each in a room of 10", List.of("--scenario", "idle"), 5000, 500,
					"/server/after_kb_per_conn", "KB RSS/connection", "", "", true, Map.of()),
			new Scenario("handshake", "handshake and first join, server warmed up", List.of("--scenario", "idle"), 2000,
					200, "/server/setup_cpu_us_per_conn", "us CPU/connection", "", "", false, Map.of()));

	private static Scenario fanOut(String name, String title, int connections, int rooms, String... more) {
		List<String> load = new ArrayList<>(List.of("--scenario", "fanout"));
		load.addAll(List.of(more));
		return new Scenario(name, title, List.copyOf(load), connections, rooms, CPU + "delivery", "us CPU/delivery",
				"/deliveries_per_s", "/latency_us", false, Map.of());
	}

	/** At a fixed rate, so that latency is that of a server with time to spare. */
	private static Scenario sparse(String name, String title, int connections, int rooms, String figure, String unit) {
		return new Scenario(name, title, List.of("--scenario", "fanout", "--rate", "2000"), connections, rooms, figure,
				unit, "/deliveries_per_s", "/latency_us", false, Map.of());
	}

	private static Scenario paced(String name, String title, int connections, int rooms) {
		return sparse(name, title, connections, rooms, CPU + "delivery", "us CPU/delivery");
	}

	private static Scenario ask(String name, String title, int connections) {
		return new Scenario(name, title, List.of("--scenario", "ask"), connections, 1, CPU + "round_trip",
				"us CPU/round trip", "/rps", "/latency_us", false, Map.of());
	}

	/** Whether the servers are asked several times before it counts. */
	int warmUps() {
		return this.name.equals("handshake") ? 2 : this.memory ? 1 : 0;
	}

	/**
	 * The load generator's arguments.
	 * @param connections how many connections to open
	 */
	List<String> arguments(int connections) {
		List<String> result = new ArrayList<>(this.load);
		int scaled = Math.max(1, (int) ((long) this.rooms * connections / this.connections));
		result.addAll(List.of("--n", String.valueOf(connections), "--rooms", String.valueOf(scaled)));
		return result;
	}

}
