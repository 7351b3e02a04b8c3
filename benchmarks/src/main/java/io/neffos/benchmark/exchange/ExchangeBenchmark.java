package io.neffos.benchmark.exchange;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.neffos.benchmark.Load;
import io.neffos.benchmark.Machine;
import io.neffos.exchange.ExchangeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts the same load on pairs of servers in turn. In each round every peer gets a fresh
 * broker and two fresh servers, which are asked everything that is timed, one after the
 * other.
 */
public final class ExchangeBenchmark {

	private static final List<String> LIBRARIES = List.of("neffos-spring-boot-autoconfigure", "spring-boot",
			"lettuce-core", "netty-common", "jnats");

	private static final String CONNECTED_TITLE = "%,d WebSockets, half on each server, each in a room of 10; then each in %d rooms more; silence";

	private static final String ELSEWHERE_TITLE = "%,d rooms of 10 come up on one server, within seconds; what the other one needs to know them";

	private static final String FAN_OUT_TITLE = "messages of 200 bytes on one channel, 10,000/s in bursts of 10, from one client to several";

	private final ExchangeOptions options;

	private final Path directory;

	private final long end;

	private final Load load;

	private final List<Finding> findings = new ArrayList<>();

	private ExchangeBenchmark(ExchangeOptions options, Path directory) {
		this.options = options;
		this.directory = directory;
		this.end = System.nanoTime() + TimeUnit.MINUTES.toNanos(options.maxMinutes());
		this.load = new Load(options.wsload(), directory.resolve("wsload.log"));
	}

	/**
	 * Run the benchmark.
	 * @param args see the script {@code exchange}
	 * @throws Exception if it cannot run at all
	 */
	public static void main(String[] args) throws Exception {
		ExchangeOptions options;
		try {
			options = ExchangeOptions.parse(args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + "\n" + ExchangeOptions.USAGE);
			System.exit(2);
			return;
		}
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Path directory = options.results()
			.resolve(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(now) + "-exchange");
		Files.createDirectories(directory);
		// What is started here is ended here, also when this is interrupted.
		Runtime.getRuntime()
			.addShutdownHook(
					new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly)));
		ExchangeBenchmark benchmark = new ExchangeBenchmark(options, directory);
		Map<String, String> described = benchmark.run();
		ExchangeReport report = new ExchangeReport(now.toString(), options.quick(), described, benchmark.findings);
		Files.writeString(directory.resolve("results.md"), report.markdown());
		Files.writeString(directory.resolve("results.json"), report.json());
		System.out.println(report.markdown());
		System.out.println("Written to " + directory);
	}

	private Map<String, String> run() throws IOException, InterruptedException {
		Map<String, String> described = Machine.hardware();
		described.put("java options", String.join(" ", ExchangeOptions.javaOptions()));
		described.put("java options (connected)", String.join(" ", ExchangeOptions.javaOptionsResident()));
		LIBRARIES.forEach((name) -> described.put(name, version(name)));
		List<BrokerKind> kinds = new ArrayList<>();
		for (BrokerKind kind : BrokerKind.values()) {
			if (kind.find().isEmpty()) {
				System.err.printf("Without %s, because there is no %s on the PATH%n", kind.text(), kind.program());
				continue;
			}
			kinds.add(kind);
			try (Broker broker = kind.start(this.directory)) {
				described.put(kind.program(), broker.version());
			}
		}
		described.put("commit", this.options.commit());
		described.put("tools", this.options.tools());
		described.put("rounds", String.valueOf(this.options.repeats()));
		described.put("measured", this.options.seconds() + " s after " + this.options.warmup() + " s of warm-up");
		rounds(this.options.peers().stream().filter((peer) -> kinds.contains(peer.broker())).toList(), kinds);
		return described;
	}

	private static String version(String library) {
		Pattern jar = Pattern.compile(Pattern.quote(library) + "-(\\d.*)\\.jar");
		for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			var matcher = jar.matcher(Path.of(path).getFileName().toString());
			if (matcher.matches()) {
				return matcher.group(1);
			}
		}
		return "unknown";
	}

	private void rounds(List<ExchangePeer> peers, List<BrokerKind> kinds) throws InterruptedException {
		if (this.options.asks(ExchangeOptions.CONNECTED)) {
			for (ExchangePeer peer : peers) {
				connected(peer);
			}
		}
		if (this.options.asks(ExchangeOptions.ELSEWHERE)) {
			for (ExchangePeer peer : peers) {
				if (peer.ours()) {
					elsewhere(peer);
				}
			}
		}
		if (this.options.asks(ExchangeOptions.FAN_OUT)) {
			for (BrokerKind kind : kinds) {
				fanOut(kind);
			}
		}
		List<Asked> asked = Arrays.stream(Asked.values()).filter((one) -> this.options.asks(one.text())).toList();
		for (int round = 1; round <= this.options.repeats() && !asked.isEmpty(); round++) {
			// Nobody is always the first after a pause, or always follows the same one.
			List<ExchangePeer> order = new ArrayList<>(peers);
			Collections.rotate(order, 1 - round);
			for (ExchangePeer peer : order) {
				timed(peer, asked, round);
			}
		}
	}

	private void connected(ExchangePeer peer) throws InterruptedException {
		Connected.Size size = this.options.size();
		Asking asking = new Asking(ExchangeOptions.CONNECTED,
				CONNECTED_TITLE.formatted(size.connections(), size.joins()), peer.name(), 1);
		attempt(asking, () -> {
			if (size.connections() + ExchangeOptions.RESERVE > this.options.openFiles()) {
				throw new IOException("more connections than the %,d open files that are allowed"
					.formatted(this.options.openFiles()));
			}
			try (Pair pair = Pair.start(peer, ExchangeOptions.javaOptionsResident(), this.directory)) {
				// Only loads the classes.
				this.load.run(arguments(pair, Asked.LATENCY.load()), "1", "0", Load.Steps.NONE);
				Connected steps = new Connected(pair, peer, size);
				JsonNode measured = this.load.run(
						arguments(pair,
								List.of("--scenario", "members", "--n", String.valueOf(size.connections()), "--rooms",
										String.valueOf(size.rooms()), "--joins", String.valueOf(size.joins()))),
						"1", "0", steps);
				add(asking, steps.figures(), measured, "");
			}
		});
	}

	private void elsewhere(ExchangePeer peer) throws InterruptedException {
		int rooms = this.options.elsewhere();
		Asking asking = new Asking(ExchangeOptions.ELSEWHERE, ELSEWHERE_TITLE.formatted(rooms), peer.name(), 1);
		attempt(asking, () -> {
			try (Pair pair = Pair.start(peer, ExchangeOptions.javaOptions(), this.directory)) {
				// Only loads the classes.
				this.load.run(arguments(pair, Asked.LATENCY.load()), "1", "0", Load.Steps.NONE);
				Elsewhere steps = new Elsewhere(pair, peer.broker(), rooms,
						this.directory.resolve("heap-elsewhere-%s.txt".formatted(peer.name())));
				List<String> arguments = new ArrayList<>(ExchangePeer.NEFFOS);
				arguments.addAll(steps.load());
				JsonNode measured = this.load.run(arguments, "1", "0", steps);
				add(asking, steps.figures(), measured, "");
			}
		});
	}

	private void fanOut(BrokerKind kind) throws InterruptedException {
		Asking asking = new Asking(ExchangeOptions.FAN_OUT, FAN_OUT_TITLE, "ours-" + kind.text(), 1);
		attempt(asking, () -> add(asking,
				new FanOut(kind, Double.parseDouble(this.options.seconds())).figures(this.directory), null, ""));
	}

	private void timed(ExchangePeer peer, List<Asked> asked, int round) throws InterruptedException {
		Asking start = new Asking(asked.get(0).text(), asked.get(0).title(), peer.name(), round);
		attempt(start, () -> {
			try (Pair pair = Pair.start(peer, ExchangeOptions.javaOptions(), this.directory)) {
				for (Asked one : asked) {
					Asking asking = new Asking(one.text(), one.title(), peer.name(), round);
					attempt(asking, () -> {
						JsonNode measured = this.load.run(arguments(pair, one.load()), this.options.seconds(),
								this.options.warmup(), Load.Steps.NONE);
						add(asking, one.figures(measured), measured, "");
					});
				}
			}
		});
	}

	private static List<String> arguments(Pair pair, List<String> asked) {
		List<String> arguments = new ArrayList<>(ExchangePeer.NEFFOS);
		arguments.addAll(pair.load());
		arguments.addAll(asked);
		return arguments;
	}

	/** What fails, or would begin too late, is a finding, too. */
	private void attempt(Asking asking, Attempt attempt) throws InterruptedException {
		if (System.nanoTime() > this.end) {
			add(asking, Map.of(), null, "left out: more than %d minutes".formatted(this.options.maxMinutes()));
			return;
		}
		try {
			attempt.run();
		}
		catch (IOException | ExchangeException | CompletionException ex) {
			add(asking, Map.of(), null, String.valueOf(ex.getMessage()));
		}
	}

	private void add(Asking asking, Map<String, Double> figures, @Nullable JsonNode measured, String failure) {
		System.err.printf("round %d, %s, %s: %s%n", asking.round(), asking.scenario(), asking.peer(),
				failure.isEmpty() ? figures : failure);
		this.findings.add(new Finding(asking.scenario(), asking.title(), asking.peer(), asking.round(), figures,
				measured, failure));
	}

	/** Does something that may fail. */
	@FunctionalInterface
	private interface Attempt {

		void run() throws IOException, InterruptedException;

	}

	/**
	 * Who is asked what.
	 *
	 * @param scenario what
	 * @param title what that is, for people
	 * @param peer who
	 * @param round in which round
	 */
	private record Asking(String scenario, String title, String peer, int round) {

	}

}
