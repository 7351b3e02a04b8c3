package io.neffos.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

/** The original Go client of {@code go}, with its scenarios. */
final class GoClient {

	private static final Path DIRECTORY = Directories.module().resolve("go");

	private GoClient() {
	}

	/** Skips or fails the test where the client cannot be run. */
	static void require() throws IOException {
		GoModules.require(DIRECTORY);
	}

	/**
	 * Runs the scenarios.
	 * @param name names the log file
	 * @param peer the server
	 * @param without names of scenarios that are left out
	 * @return the scenarios, already run
	 * @throws IOException if the client cannot be run
	 */
	static Stream<DynamicTest> run(String name, Peer peer, String... without) throws IOException {
		List<String> command = new ArrayList<>(List.of("go", "test", "-count=1", "-json"));
		if (without.length > 0) {
			command.add("-skip=^(" + String.join("|", without) + ")$");
		}
		command.add("./...");
		try (ControlServer control = ControlServer.start(peer)) {
			return Scenarios.ofGo(Program.run(name, DIRECTORY,
					Map.of("NEFFOS_URL", peer.url(), "NEFFOS_CONTROL", control.url()), command));
		}
	}

}
