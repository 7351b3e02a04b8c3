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
			"max-minutes", "java-opts", "results", "chart", "growth-chart", "from", "wsload", "go-server", "open-files",
			"commit", "tools");

	private static final List<String> FLAGS = List.of("quick", "full", "profile");

	private static final List<String> QUICK_WITHOUT = List.of("B4", "rate5k", "rate20k", "growth-1000", "growth-5000",
			"ask1000");

	static final String USAGE = """
			usage: benchmarks/run [--no-build] [option]...
			  --quick             a smoke run of about a minute; its figures mean nothing
			  --full              everybody is asked everything, three times, for 10 seconds: some two hours
			  --profile           what our server allocates and where its time goes, instead of a comparison
			                      (default: --peers ours --scenarios A,B)
			  --peers LIST        of ours,ours-standard,ours-tuned,stomp,socketio,plain,go (default: all)
			  --scenarios LIST    of %s (default: all)
			  --repeats N         rounds over all peers and scenarios (default: three where a goal depends on it, else
			                      fewer)
			  --seconds S         measured in each (default: 6)
			  --warmup S          the same load before it (default: 4)
			  --max-minutes M     begin nothing after this time (default: 60, with --full 240)
			  --variant NAME=ARGS our server once more, with these arguments (may be repeated)
			  --java-opts OPTS    of all Java servers (default: -Xms512m -Xmx1g -XX:+UseG1GC)
			  --results DIR       where JSON, charts and logs go (default: benchmarks/results)
			  --chart FILE        the bar chart once more, in this file
			  --growth-chart FILE the chart of growth once more, in this file
			  --from JSON         draw and print the results.json of an earlier run, measure nothing
			""".formatted(Scenarios.ALL);

	static Options parse(String... args) {
		Map<String, String> values = new LinkedHashMap<>();
		Map<String, List<String>> variants = new LinkedHashMap<>();
		for (int i = 0; i < args.length; i++) {
			String name = args[i].startsWith("--") ? args[i].substring(2) : "";
			if (FLAGS.contains(name)) {
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

	private boolean full() {
		return this.values.containsKey("full");
	}

	boolean profile() {
		return this.values.containsKey("profile");
	}

	/** Whether everybody is asked equally often. */
	boolean uniform() {
		return quick() || full() || profile() || this.values.containsKey("repeats");
	}

	int repeats() {
		return Integer.parseInt(get("repeats", (quick() || profile()) ? "1" : "3"));
	}

	String seconds() {
		return get("seconds", quick() ? "0.5" : full() ? "10" : "6");
	}

	String warmup() {
		return get("warmup", quick() ? "0.2" : full() ? "5" : "4");
	}

	int maxMinutes() {
		return Integer.parseInt(get("max-minutes", quick() ? "5" : full() ? "240" : "60"));
	}

	/**
	 * Of a Java server.
	 * @param kind how is measured: a small heap at first shows what connections need, and
	 * some servers need more than a gigabyte for 20,000
	 */
	List<String> javaOptions(Scenario.Kind kind) {
		String sizes = switch (kind) {
			case RESIDENT -> "-Xms16m -Xmx2g -XX:G1PeriodicGCInterval=2000";
			case MANY -> "-Xms512m -Xmx4g";
			case TIMED, HANDSHAKE, HEAP -> "-Xms512m -Xmx1g";
		};
		return words(get("java-opts", sizes + " -XX:+UseG1GC"));
	}

	Path results() {
		return Path.of(get("results", "results"));
	}

	/** A further place for a chart, empty for none. */
	String chart() {
		return get("chart", "");
	}

	/** A further place for the chart of growth, empty for none. */
	String growthChart() {
		return get("growth-chart", "");
	}

	/** The results of an earlier run, empty for a new one. */
	String from() {
		return get("from", "");
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
		if (scenarios().isEmpty() || peers().isEmpty()) {
			throw new IllegalArgumentException("No such peer or scenario");
		}
	}

	List<Peer> peers() {
		return Peer.all(this)
			.stream()
			.filter((peer) -> listed("peers", peer.name(), profile() ? Peer.OURS : "")
					|| this.variants.containsKey(peer.name()))
			.toList();
	}

	/** A smoke run leaves out what differs from the others in numbers only. */
	List<Scenario> scenarios() {
		boolean named = this.values.containsKey("scenarios");
		return Scenarios.all(openFiles())
			.stream()
			.filter((scenario) -> listed("scenarios", scenario.name(), profile() ? "A,B" : "")
					|| listed("scenarios", scenario.group(), profile() ? "A,B" : ""))
			.filter((scenario) -> named || !quick() || !QUICK_WITHOUT.contains(scenario.name()))
			.toList();
	}

	private boolean listed(String what, String name, String other) {
		String list = get(what, other);
		return list.isEmpty() || Arrays.asList(list.split(",", -1)).contains(name);
	}

}
