package io.neffos.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked for on the command line.
 *
 * @param values by name, without dashes
 * @param variants arguments of further runs of our server, by the name of the variant
 */
record Options(Map<String, String> values, Map<String, List<String>> variants) {

	private static final List<String> NAMES = List.of("peers", "scenarios", "repeats", "seconds", "warmup",
			"max-minutes", "java-opts", "results", "wsload", "go-server", "open-files", "commit", "tools");

	private static final List<String> QUICK_WITHOUT = List.of("B4", "rate5k", "rate20k", "ask1000");

	static final String USAGE = """
			usage: benchmarks/run [option]...
			  --quick             a smoke run of about a minute; its figures mean nothing
			  --peers LIST        of ours,stomp,socketio,plain,go (default: all)
			  --scenarios LIST    of A,B,B4,C,sparse,rate5k,rate20k,ask,ask1000,joins,idle,handshake (default: all)
			  --repeats N         rounds over all peers and scenarios (default: 3)
			  --seconds S         measured in each (default: 10)
			  --warmup S          the same load before it (default: 5)
			  --max-minutes M     begin nothing after this time (default: 120)
			  --variant NAME=ARGS our server once more, with these arguments (may be repeated)
			  --java-opts OPTS    of all Java servers (default: -Xms512m -Xmx1g -XX:+UseG1GC)
			  --results DIR       where JSON, chart and logs go (default: benchmarks/results)
			""";

	static Options parse(String... args) {
		Map<String, String> values = new LinkedHashMap<>();
		Map<String, List<String>> variants = new LinkedHashMap<>();
		for (int i = 0; i < args.length; i++) {
			String name = args[i].startsWith("--") ? args[i].substring(2) : "";
			if (name.equals("quick")) {
				values.put(name, "true");
				continue;
			}
			boolean variant = name.equals("variant");
			if ((!variant && !NAMES.contains(name)) || i + 1 == args.length) {
				throw new IllegalArgumentException("'%s' is not understood".formatted(args[i]));
			}
			String value = args[++i];
			if (variant) {
				String[] parts = value.split("=", 2);
				variants.put(parts[0], (parts.length > 1) ? words(parts[1]) : List.of());
			}
			else {
				values.put(name, value);
			}
		}
		return new Options(Map.copyOf(values), new LinkedHashMap<>(variants));
	}

	private static List<String> words(String text) {
		return Arrays.stream(text.trim().split("\\s+")).filter((word) -> !word.isEmpty()).toList();
	}

	private String get(String name, String other) {
		return this.values.getOrDefault(name, other);
	}

	boolean quick() {
		return this.values.containsKey("quick");
	}

	int repeats() {
		return Integer.parseInt(get("repeats", quick() ? "1" : "3"));
	}

	String seconds() {
		return get("seconds", quick() ? "0.5" : "10");
	}

	String warmup() {
		return get("warmup", quick() ? "0.2" : "5");
	}

	int maxMinutes() {
		return Integer.parseInt(get("max-minutes", quick() ? "2" : "120"));
	}

	/** Of a Java server. A small heap at first shows what connections need. */
	List<String> javaOptions(boolean memory) {
		String common = "-Xmx1g -XX:+UseG1GC";
		return words(
				get("java-opts", memory ? "-Xms64m -XX:G1PeriodicGCInterval=2000 " + common : "-Xms512m " + common));
	}

	Path results() {
		return Path.of(get("results", "results"));
	}

	String wsload() {
		return get("wsload", "wsload");
	}

	String goServer() {
		return get("go-server", "");
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

	/**
	 * Look at everything before anything is started.
	 * @throws IllegalArgumentException if something is not legal
	 */
	void check() {
		if (repeats() < 1 || maxMinutes() < 1 || Double.parseDouble(seconds()) <= 0
				|| Double.parseDouble(warmup()) < 0) {
			throw new IllegalArgumentException("Numbers are positive");
		}
		if (Scenario.ALL.stream().noneMatch(this::selects) || Peer.all(this).stream().noneMatch(this::selects)) {
			throw new IllegalArgumentException("No such peer or scenario");
		}
	}

	boolean selects(Peer peer) {
		return listed("peers", peer.name()) || this.variants.containsKey(peer.name());
	}

	/** A smoke run leaves out what differs from the others in numbers only. */
	boolean selects(Scenario scenario) {
		boolean named = this.values.containsKey("scenarios");
		return listed("scenarios", scenario.name()) && (named || !quick() || !QUICK_WITHOUT.contains(scenario.name()));
	}

	private boolean listed(String what, String name) {
		String list = this.values.get(what);
		return list == null || Arrays.asList(list.split(",", -1)).contains(name);
	}

}
