package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts the same load on each server in turn, round after round, so that whatever changes
 * on the machine meanwhile meets all of them. A server is started for each load and ended
 * after it; only a smoke run keeps it for all scenarios.
 */
public final class Benchmark {

	private final Options options;

	private final Path directory;

	private final long end;

	private final Load load;

	private final List<Run> runs = new ArrayList<>();

	private @Nullable ServerProcess kept;

	private Benchmark(Options options, Path directory) {
		this.options = options;
		this.directory = directory;
		this.end = System.nanoTime() + TimeUnit.MINUTES.toNanos(options.maxMinutes());
		this.load = new Load(options, directory.resolve("wsload.log"));
	}

	/**
	 * Run the benchmark.
	 * @param args see the script {@code run}
	 * @throws Exception if it cannot run at all
	 */
	public static void main(String[] args) throws Exception {
		Options options;
		try {
			options = Options.parse(args);
			options.check();
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + "\n" + Options.USAGE);
			System.exit(2);
			return;
		}
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Path directory = options.results()
			.resolve(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(now));
		Files.createDirectories(directory);
		Benchmark benchmark = new Benchmark(options, directory);
		// What is started here is ended here, also when this is interrupted.
		Runtime.getRuntime()
			.addShutdownHook(
					new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly)));
		benchmark.rounds();
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("rounds", String.valueOf(options.repeats()));
		settings.put("measured", options.seconds() + " s");
		settings.put("warm-up", options.warmup() + " s");
		options.variants().forEach((name, arguments) -> settings.put("variant " + name, String.join(" ", arguments)));
		Report report = new Report(now.toString(), options.quick(), Machine.describe(options), settings,
				benchmark.runs);
		String table = report.table();
		System.out.println(table);
		Files.writeString(directory.resolve("results.txt"), table);
		report.writeJson(directory.resolve("results.json"));
		Chart.write(report, directory.resolve("chart.svg"));
		System.out.println("Written to " + directory);
	}

	private void rounds() throws InterruptedException {
		List<Peer> peers = Peer.all(this.options).stream().filter(this.options::selects).toList();
		List<Scenario> scenarios = Scenario.ALL.stream().filter(this.options::selects).toList();
		for (int round = 1; round <= this.options.repeats(); round++) {
			// Nobody is always the first after a pause, or always follows the same one.
			List<Peer> order = new ArrayList<>(peers);
			Collections.rotate(order, 1 - round);
			if (this.options.quick()) {
				for (Peer peer : order) {
					for (Scenario scenario : scenarios) {
						run(scenario, peer, round);
					}
					endServer();
				}
			}
			else {
				for (Scenario scenario : scenarios) {
					for (Peer peer : order) {
						run(scenario, peer, round);
						endServer();
					}
				}
			}
		}
		this.runs.sort((a, b) -> Integer.compare(rank(scenarios, peers, a), rank(scenarios, peers, b)));
	}

	private static int rank(List<Scenario> scenarios, List<Peer> peers, Run run) {
		return scenarios.indexOf(run.scenario()) * peers.size() + peers.indexOf(run.peer());
	}

	private void run(Scenario scenario, Peer peer, int round) throws InterruptedException {
		int connections = this.options.quick() ? scenario.connections() / 10 : scenario.connections();
		String failure = peer.unable(scenario, this.options.openFiles(), connections);
		JsonNode measured = null;
		if (failure.isEmpty() && System.nanoTime() > this.end) {
			failure = "left out: more than %d minutes".formatted(this.options.maxMinutes());
		}
		if (failure.isEmpty()) {
			try {
				measured = measure(scenario, peer, connections);
			}
			catch (IOException ex) {
				failure = String.valueOf(ex.getMessage());
				endServer();
			}
		}
		System.err.printf("round %d, %s, %s: %s%n", round, scenario.name(), peer.name(),
				(measured != null)
						? Report.number(measured.at(scenario.figure()).asDouble(Double.NaN), "%.2f " + scenario.unit())
						: failure);
		this.runs.add(new Run(scenario, peer, round, measured, failure));
	}

	private JsonNode measure(Scenario scenario, Peer peer, int connections) throws IOException, InterruptedException {
		ServerProcess server = server(peer, scenario);
		for (int i = 0; i < scenario.warmUps() && !this.options.quick(); i++) {
			// Few connections where their memory counts: they only load the classes.
			this.load.run(server, peer.load(), scenario.arguments(scenario.memory() ? 200 : connections), "1", "0");
		}
		return this.load.run(server, peer.load(), scenario.arguments(connections), this.options.seconds(),
				this.options.warmup());
	}

	private ServerProcess server(Peer peer, Scenario scenario) throws IOException, InterruptedException {
		if (this.kept == null) {
			this.kept = ServerProcess.start(peer.command(this.options.javaOptions(scenario.memory())),
					this.directory.resolve("server-%s.log".formatted(peer.name())));
		}
		return this.kept;
	}

	private void endServer() {
		if (this.kept != null) {
			this.kept.close();
			this.kept = null;
		}
	}

}
