package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.node.ObjectNode;

/** Looks at the heap of a server while a load holds still. */
final class HeapSteps implements Load.Steps {

	private final ServerProcess server;

	private final Path directory;

	private final String name;

	private long before;

	private long after;

	private boolean looked;

	/**
	 * Look at a server.
	 * @param server the server, which nobody is connected to yet
	 * @param directory where the histograms go
	 * @param name how they are called
	 */
	HeapSteps(ServerProcess server, Path directory, String name) throws IOException, InterruptedException {
		this.server = server;
		this.directory = directory;
		this.name = name;
		this.before = look("empty");
	}

	@Override
	public void at(String step) throws IOException, InterruptedException {
		switch (step) {
			case "setup" -> this.before = look("setup");
			case "joined", "held" -> {
				this.after = look(step);
				this.looked = true;
			}
			default -> {
			}
		}
	}

	private long look(String step) throws IOException, InterruptedException {
		Path file = file(step);
		this.server.ask("heap " + file.toAbsolutePath());
		return Histogram.read(file).total();
	}

	private Path file(String step) {
		return this.directory.resolve("heap-%s-%s.txt".formatted(this.name, step));
	}

	/**
	 * Add what was found to what the load generator reported.
	 * @param measured that report
	 */
	void addTo(ObjectNode measured) throws IOException {
		if (!this.looked) {
			return;
		}
		boolean members = measured.has("memberships");
		long count = measured.path(members ? "memberships" : "n").asLong();
		((ObjectNode) measured.path("server")).put(members ? "heap_bytes_per_membership" : "heap_bytes_per_conn",
				(double) (this.after - this.before) / count);
		Files.writeString(this.directory.resolve("heap-%s.txt".formatted(this.name)),
				Histogram.read(file(members ? "joined" : "held"))
					.since(Histogram.read(file(members ? "setup" : "empty")), count));
	}

}
