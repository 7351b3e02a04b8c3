package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.neffos.benchmark.Scenario.Figure;
import io.neffos.benchmark.Scenario.Kind;
import io.neffos.benchmark.Scenario.Size;

/** All that can be asked. */
final class Scenarios {

	/** Files of a server that are no connections: libraries, selectors, the log. */
	static final int RESERVE = 200;

	/** Rooms of their own that connections join to show what a membership takes. */
	static final int JOINS = 100;

	static final String ALL = "A,B,B4,C,sparse,rate5k,rate20k,growth,ask,ask1000,joins,idle,membership,handshake";

	private static final Figure DELIVERY = new Figure("/server/cpu_us_per_delivery", "us CPU/delivery");

	/** 20,000 deliveries a second in rooms of 10. */
	private static final List<String> PACED = List.of("--scenario", "fanout", "--rate", "2000");

	private static final int MANY = 20_000;

	private static final int ENOUGH = 15_000;

	private static final int MOST_BESIDE = 18_500;

	private Scenarios() {
	}

	/**
	 * The scenarios. The largest have as many connections as there can be, if that is
	 * near to what is wanted.
	 * @param openFiles how many files a process may open
	 */
	static List<Scenario> all(int openFiles) {
		int possible = (openFiles - RESERVE) / 10 * 10;
		List<Scenario> result = new ArrayList<>();
		result.add(fanOut("A", "1,000 members, one room", 1000, 1, 4));
		result.add(fanOut("B", "100 rooms of 10", 1000, 100, 16));
		result.add(fanOut("B4", "100 rooms of 10, four times in flight", 1000, 100, 64));
		result.add(fanOut("C", "5,000 connections, 500 rooms of 10", 5000, 500, 16));
		result.add(paced("sparse", "100 rooms of 10, 20,000 deliveries/s, latency", new Size(1000, 100, 0),
				new Figure("/latency_us/p99", "us p99"), Kind.TIMED, ""));
		result.add(rate("rate5k", 5000, ""));
		result.add(rate("rate20k", (possible >= ENOUGH) ? Math.min(MANY, possible) : MANY, "rate5k"));
		result.add(growth("0", 0));
		result.add(growth("1000", 1000));
		result.add(growth("5000", 5000));
		result.add(growth("most", (possible >= ENOUGH) ? Math.min(MOST_BESIDE, possible - 1000) : MOST_BESIDE));
		result.add(ask("ask", "ask, 50 connections, closed loop", 50));
		result.add(ask("ask1000", "ask, 1,000 connections, closed loop", 1000));
		result.add(new Scenario("joins", "join and leave, 1,000 connections", List.of("--scenario", "churn"),
				new Size(1000, 1, 0), new Figure("/server/cpu_us_per_pair", "us CPU/pair"), "/pairs_per_s", "/join_us",
				Kind.TIMED, "", unconfirmed("a pair has no end")));
		result.add(new Scenario("idle", "idle connections, each in a room of 10", List.of("--scenario", "idle"),
				new Size(10_000, 1000, 0), new Figure("/server/after_kb_per_conn", "KB RSS/connection"), "", "",
				Kind.RESIDENT, "", Map.of()));
		result.add(new Scenario("membership", "1,000 connections, each in %d rooms of 10 more".formatted(JOINS),
				List.of("--scenario", "members", "--joins", String.valueOf(JOINS)), new Size(1000, 100, 0),
				new Figure("/server/heap_bytes_per_membership", "bytes of heap"), "", "", Kind.HEAP, "",
				unconfirmed("nobody knows when all have joined")));
		result
			.add(new Scenario("handshake", "handshake and first join, server warmed up", List.of("--scenario", "idle"),
					new Size(2000, 200, 0), new Figure("/server/setup_cpu_us_per_conn", "us CPU/connection"), "", "",
					Kind.HANDSHAKE, "", Map.of()));
		return List.copyOf(result);
	}

	private static Map<String, String> unconfirmed(String consequence) {
		return Map.of("stomp", "Spring's simple broker confirms no subscription, so " + consequence);
	}

	private static Scenario fanOut(String name, String title, int connections, int rooms, int window) {
		return new Scenario(name, title, List.of("--scenario", "fanout", "--window", String.valueOf(window)),
				new Size(connections, rooms, 0), DELIVERY, "/deliveries_per_s", "/latency_us", Kind.TIMED, "",
				Map.of());
	}

	/** At a fixed rate, so that latency is that of a server with time to spare. */
	private static Scenario paced(String name, String title, Size size, Figure figure, Kind kind, String base) {
		return new Scenario(name, title, PACED, size, figure, "/deliveries_per_s", "/latency_us", kind, base, Map.of());
	}

	private static Scenario rate(String name, int connections, String base) {
		return paced(name,
				"%,d connections, %,d rooms of 10, 20,000 deliveries/s".formatted(connections, connections / 10),
				new Size(connections, connections / 10, 0), DELIVERY, Kind.MANY, base);
	}

	private static Scenario growth(String name, int beside) {
		return paced("growth-" + name,
				"100 rooms of 10, 20,000 deliveries/s, %,d idle connections beside them".formatted(beside),
				new Size(1000, 100, beside), DELIVERY, Kind.MANY, (beside > 0) ? "growth-0" : "");
	}

	private static Scenario ask(String name, String title, int connections) {
		return new Scenario(name, title, List.of("--scenario", "ask"), new Size(connections, 1, 0),
				new Figure("/server/cpu_us_per_round_trip", "us CPU/round trip"), "/rps", "/latency_us", Kind.TIMED, "",
				Map.of());
	}

}
