package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.neffos.benchmark.Scenario.Kind;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server allocates for each operation, where, and where its time goes. How much is
 * what the Java machine counts for each thread, without a recording; where is sampled by
 * a recording during a second load.
 */
final class Profile {

	private final Options options;

	private final Path directory;

	private final Load load;

	private final StringBuilder report = new StringBuilder();

	Profile(Options options, Path directory) {
		this.options = options;
		this.directory = directory;
		this.load = new Load(options.wsload(), directory.resolve("wsload.log"));
	}

	void run() throws IOException, InterruptedException {
		for (Scenario scenario : this.options.scenarios()) {
			for (Peer peer : this.options.peers()) {
				if (peer.java() && (scenario.kind() == Kind.TIMED || scenario.kind() == Kind.MANY)) {
					profile(scenario, peer);
				}
			}
		}
		Files.writeString(this.directory.resolve("profile.txt"), this.report);
		System.out.println(this.report);
		System.out.println("Written to " + this.directory);
	}

	private void profile(Scenario scenario, Peer peer) throws IOException, InterruptedException {
		System.err.printf("%s, %s%n", scenario.name(), peer.name());
		List<Long> allocated = new ArrayList<>();
		ObjectNode plain = load(scenario, peer,
				(server, step) -> allocated.add(Long.parseLong(server.ask("allocated"))));
		Path file = this.directory.resolve("%s-%s.jfr".formatted(scenario.name(), peer.name()));
		ObjectNode recorded = load(scenario, peer, (server, step) -> server
			.ask(step.equals("measuring") ? "record" : "recorded " + file.toAbsolutePath()));
		double seconds = plain.path("seconds").asDouble();
		double operations = plain.at(scenario.throughput()).asDouble() * seconds;
		double bytes = (allocated.get(1) - allocated.get(0)) / operations;
		String unit = scenario.figure().unit().replaceFirst(".*/", "");
		this.report.append("%n%s, %s: %s%n".formatted(peer.title(), scenario.name(), scenario.title()));
		this.report.append("%,.0f %s/s, %.2f %s; while recording %.2f%n".formatted(operations / seconds, unit,
				plain.at(scenario.figure().field()).asDouble(), scenario.figure().unit(),
				recorded.at(scenario.figure().field()).asDouble()));
		this.report.append("of the CPU %.0f %% was the kernel's%n"
			.formatted(100 * plain.at("/server/sys_s").asDouble() / plain.at("/server/cpu_s").asDouble()));
		this.report.append("%.1f bytes allocated for each %s, %.1f MB/s%n".formatted(bytes, unit,
				bytes * operations / seconds / 1e6));
		this.report.append(new Recorded(file).text(bytes, unit));
	}

	private ObjectNode load(Scenario scenario, Peer peer, Look look) throws IOException, InterruptedException {
		List<String> java = new ArrayList<>(this.options.javaOptions(scenario.kind()));
		java.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"));
		Path log = this.directory.resolve("server-%s.log".formatted(peer.name()));
		try (ServerProcess server = ServerProcess.start(peer.command(java), log)) {
			return this.load.run(server, peer.load(), scenario.arguments(scenario.size()), this.options.seconds(),
					this.options.warmup(), (step) -> look.at(server, step));
		}
	}

	/** Looks at a server when what counts begins, and when it ends. */
	@FunctionalInterface
	private interface Look {

		void at(ServerProcess server, String step) throws IOException, InterruptedException;

	}

}
