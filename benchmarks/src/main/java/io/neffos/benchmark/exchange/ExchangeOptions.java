package io.neffos.benchmark.exchange;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked for on the command line.
 *
 * @param values by name, without dashes
 */
record ExchangeOptions(Map<String, String> values) {

	/**
	 * How many connections there are beside the WebSockets: to the broker, files, and so
	 * on.
	 */
	static final int RESERVE = 300;

	static final String CONNECTED = "connected";

	static final String ELSEWHERE = "elsewhere";

	static final String FAN_OUT = "fan-out";

	private static final List<String> NAMES = List.of("peers", "scenarios", "repeats", "seconds", "warmup",
			"connections", "max-minutes", "results", "wsload", "go-server", "open-files", "commit", "tools");

	static final String USAGE = """
			usage: benchmarks/exchange [--no-build] [option]...
			  --quick             a smoke run of about two minutes; its figures mean nothing
			  --peers LIST        of ours-redis,go-redis,ours-nats,go-nats (default: all)
			  --scenarios LIST    of connected,elsewhere,fan-out,across,latency,publish (default: all)
			  --repeats N         rounds of across, latency and publish (default: 3)
			  --seconds S         measured in each of them (default: 4)
			  --warmup S          the same load before it (default: 3)
			  --connections N     WebSockets in connected (default: 5000)
			  --max-minutes M     begin nothing after this time (default: 12)
			  --results DIR       where the table, JSON and logs go (default: benchmarks/results)
			""";

	static ExchangeOptions parse(String... args) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < args.length; i++) {
			String name = args[i].startsWith("--") ? args[i].substring(2) : "";
			if (name.equals("quick")) {
				values.put(name, "true");
			}
			else if (NAMES.contains(name) && i + 1 < args.length) {
				values.put(name, args[++i]);
			}
			else {
				throw new IllegalArgumentException("'%s' is not understood".formatted(args[i]));
			}
		}
		ExchangeOptions options = new ExchangeOptions(Map.copyOf(values));
		if (options.repeats() < 1 || options.maxMinutes() < 1 || Double.parseDouble(options.seconds()) <= 0
				|| Double.parseDouble(options.warmup()) < 0 || options.size().connections() < 10) {
			throw new IllegalArgumentException("Numbers are positive, and there are 10 connections at least");
		}
		return options;
	}

	private String get(String name, String other) {
		return this.values.getOrDefault(name, other);
	}

	boolean quick() {
		return this.values.containsKey("quick");
	}

	boolean asks(String scenario) {
		String list = get("scenarios", "");
		return list.isEmpty() || Arrays.asList(list.split(",", -1)).contains(scenario);
	}

	/** Those that were asked for, whether or not their broker is there. */
	List<ExchangePeer> peers() {
		String list = get("peers", "");
		return ExchangePeer.all(get("go-server", ""))
			.stream()
			.filter((peer) -> list.isEmpty() || Arrays.asList(list.split(",", -1)).contains(peer.name()))
			.toList();
	}

	int repeats() {
		return Integer.parseInt(get("repeats", quick() ? "1" : "3"));
	}

	String seconds() {
		return get("seconds", quick() ? "1" : "4");
	}

	String warmup() {
		return get("warmup", quick() ? "0.5" : "3");
	}

	/** How much there is while nothing happens. */
	Connected.Size size() {
		return new Connected.Size(Integer.parseInt(get("connections", quick() ? "500" : "5000")) / 10 * 10, 10,
				quick() ? 2 : 10);
	}

	/** How many rooms come up on the other server only. */
	int elsewhere() {
		return quick() ? 500 : 10_000;
	}

	int maxMinutes() {
		return Integer.parseInt(get("max-minutes", "12"));
	}

	Path results() {
		return Path.of(get("results", "results"));
	}

	String wsload() {
		return get("wsload", "wsload");
	}

	int openFiles() {
		return Integer.parseInt(get("open-files", "1024"));
	}

	String commit() {
		return get("commit", "unknown");
	}

	String tools() {
		return get("tools", "");
	}

	/** Of our servers, as where one server is compared. */
	static List<String> javaOptions() {
		return List.of("-Xms512m", "-Xmx1g", "-XX:+UseG1GC");
	}

	/** Of our servers where their memory counts, as where one server is compared. */
	static List<String> javaOptionsResident() {
		return List.of("-Xms16m", "-Xmx2g", "-XX:G1PeriodicGCInterval=2000", "-XX:+UseG1GC");
	}

}
