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

import io.neffos.benchmark.Scenario.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the same load on each server in turn, round after round, so that whatever changes
 * on the machine meanwhile meets all of them. A server is started for each load and ended
 * after it; only a smoke run keeps it for all scenarios.
 */
public final class Benchmark {

	private static final Size FEW = new Size(1000, 100, 0);

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
		this.load = new Load(options.wsload(), directory.resolve("wsload.log"));
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
		if (!options.from().isEmpty()) {
			show(ReportFile.read(Path.of(options.from())), options);
			return;
		}
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Path directory = options.results()
			.resolve(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(now));
		Files.createDirectories(directory);
		// What is started here is ended here, also when this is interrupted.
		Runtime.getRuntime()
			.addShutdownHook(
					new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly)));
		if (options.profile()) {
			new Profile(options, directory).run();
			return;
		}
		Benchmark benchmark = new Benchmark(options, directory);
		benchmark.rounds();
		Report report = new Report(now.toString(), options.quick(), Machine.describe(options), settings(options),
				benchmark.runs);
		Files.writeString(directory.resolve("results.txt"), report.table());
		ReportFile.write(report, directory.resolve("results.json"));
		Files.writeString(directory.resolve("chart.svg"), new BarChart().draw(report));
		Files.writeString(directory.resolve("growth.svg"), new GrowthChart().draw(report));
		show(report, options);
		System.out.println("Written to " + directory);
	}

	private static Map<String, String> settings(Options options) {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("rounds", options.uniform() ? String.valueOf(options.repeats())
				: "3 where a goal depends on it, else fewer; what no goal needs is not asked of all");
		settings.put("measured", options.seconds() + " s");
		settings.put("warm-up", options.warmup() + " s");
		options.variants().forEach((name, arguments) -> settings.put("variant " + name, String.join(" ", arguments)));
		return settings;
	}

	private static void show(Report report, Options options) throws IOException {
		System.out.println(report.table());
		if (!options.chart().isEmpty()) {
			Files.writeString(Path.of(options.chart()), new BarChart().draw(report));
		}
		if (!options.growthChart().isEmpty()) {
			Files.writeString(Path.of(options.growthChart()), new GrowthChart().draw(report));
		}
	}

	private void rounds() throws InterruptedException {
		List<Peer> peers = this.options.peers();
		List<Scenario> scenarios = this.options.scenarios();
		Plan plan = new Plan(this.options);
		for (int round = 1; round <= plan.rounds(scenarios, peers); round++) {
			// Nobody is always the first after a pause, or always follows the same one.
			List<Peer> order = new ArrayList<>(peers);
			Collections.rotate(order, 1 - round);
			if (this.options.quick()) {
				for (Peer peer : order) {
					for (Scenario scenario : scenarios) {
						run(plan, scenario, peer, round);
					}
					endServer();
				}
			}
			else {
				for (Scenario scenario : scenarios) {
					for (Peer peer : order) {
						run(plan, scenario, peer, round);
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

	private void run(Plan plan, Scenario scenario, Peer peer, int round) throws InterruptedException {
		if (round > plan.repeats(scenario, peer)) {
			return;
		}
		Size size = this.options.quick() ? scenario.size().tenth() : scenario.size();
		String failure = peer.unable(scenario, this.options.openFiles(), size);
		JsonNode measured = null;
		if (failure.isEmpty() && System.nanoTime() > this.end) {
			failure = "left out: more than %d minutes".formatted(this.options.maxMinutes());
		}
		if (failure.isEmpty()) {
			try {
				measured = measure(scenario, peer, size, round);
			}
			catch (IOException ex) {
				failure = String.valueOf(ex.getMessage());
				endServer();
			}
		}
		System.err.printf("round %d, %s, %s: %s%n", round, scenario.name(), peer.name(),
				(measured != null) ? Report.number(measured.at(scenario.figure().field()).asDouble(Double.NaN),
						"%.2f " + scenario.figure().unit()) : failure);
		this.runs.add(new Run(scenario, peer, round, measured, failure));
	}

	private JsonNode measure(Scenario scenario, Peer peer, Size size, int round)
			throws IOException, InterruptedException {
		ServerProcess server = server(peer, scenario);
		for (int i = 0; i < scenario.warmUps() && !this.options.quick(); i++) {
			// Few connections where their memory counts: they only load the classes.
			Size few = (scenario.kind() == Scenario.Kind.HANDSHAKE) ? size : FEW;
			this.load.run(server, peer.load(), scenario.arguments(few), "1", "0", Load.Steps.NONE);
		}
		String seconds = this.options.quick() ? this.options.seconds() : scenario.seconds(this.options.seconds());
		boolean heap = scenario.kind() == Scenario.Kind.HEAP || scenario.kind() == Scenario.Kind.RESIDENT;
		HeapSteps steps = heap
				? new HeapSteps(server, this.directory, "%s-%s-%d".formatted(scenario.name(), peer.name(), round))
				: null;
		ObjectNode measured = this.load.run(server, peer.load(), scenario.arguments(size), seconds,
				this.options.warmup(), (steps != null) ? steps : Load.Steps.NONE);
		if (steps != null) {
			steps.addTo(measured);
		}
		return measured;
	}

	private ServerProcess server(Peer peer, Scenario scenario) throws IOException, InterruptedException {
		if (this.kept == null) {
			this.kept = ServerProcess.start(peer.command(this.options.javaOptions(scenario.kind())),
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
