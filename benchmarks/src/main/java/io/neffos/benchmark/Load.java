package io.neffos.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs the load generator, which is a process of its own. */
public final class Load {

	private static final JsonMapper json = new JsonMapper();

	/** Set-up, goodbye and stragglers, in seconds. */
	private static final long PATIENCE = 150;

	private static final long GOODBYE = 10;

	private static final String STEP = "step ";

	/** Where it goes on only when it hears something. */
	private static final Set<String> WAITS = Set.of("step setup", "step joined", "step held");

	private final String wsload;

	private final Path log;

	/**
	 * For any number of loads.
	 * @param wsload where the load generator is
	 * @param log where it says how far it is
	 */
	public Load(String wsload, Path log) {
		this.wsload = wsload;
		this.log = log;
	}

	/**
	 * Put one load on a server.
	 * @param server the server
	 * @param protocol the load generator's arguments for its protocol
	 * @param scenario its arguments for what is asked
	 * @param seconds how long to measure
	 * @param warmup how long to warm up before
	 * @param steps is told how far it is
	 * @return what it measured
	 * @throws IOException if it measured nothing
	 */
	ObjectNode run(ServerProcess server, List<String> protocol, List<String> scenario, String seconds, String warmup,
			Steps steps) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(protocol);
		arguments.addAll(scenario);
		arguments
			.addAll(List.of("--port", String.valueOf(server.port()), "--server-pid", String.valueOf(server.pid())));
		return run(arguments, seconds, warmup, steps);
	}

	/**
	 * Put one load on what the load generator's arguments name.
	 * @param arguments those of the server, its protocol and what is asked
	 * @param seconds how long to measure
	 * @param warmup how long to warm up before
	 * @param steps is told how far it is
	 * @return what it measured
	 * @throws IOException if it measured nothing
	 */
	public ObjectNode run(List<String> arguments, String seconds, String warmup, Steps steps)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(this.wsload));
		command.addAll(arguments);
		command.addAll(List.of("--seconds", seconds, "--warmup", warmup, "--setup-timeout", "120", "--announce", "1"));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		long limit = PATIENCE + (long) (Double.parseDouble(seconds) + Double.parseDouble(warmup));
		CompletableFuture.delayedExecutor(limit, TimeUnit.SECONDS).execute(process::destroyForcibly);
		try {
			ObjectNode result = result(process, steps);
			if (result.has("fatal")) {
				throw new IOException("%s (%,d connections were up) %s"
					.formatted(result.path("fatal").asString(""), result.path("live").asInt(),
							result.path("first_error").asString(""))
					.trim());
			}
			return result;
		}
		catch (JacksonException ex) {
			throw new IOException("the load generator did not say what it measured", ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static ObjectNode result(Process process, Steps steps) throws IOException, InterruptedException {
		try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
			String line = reader.readLine();
			while (line != null && line.startsWith(STEP)) {
				steps.at(line.substring(STEP.length()));
				if (WAITS.contains(line)) {
					process.getOutputStream().write('\n');
					process.getOutputStream().flush();
				}
				line = reader.readLine();
			}
			if (line == null) {
				throw new IOException("the load generator said nothing");
			}
			ObjectNode result = (ObjectNode) json.readTree(line);
			process.waitFor(GOODBYE, TimeUnit.SECONDS);
			return result;
		}
	}

	/** Is told how far a load is. */
	@FunctionalInterface
	public interface Steps {

		/** For those that do not want to know. */
		Steps NONE = (step) -> {
		};

		/**
		 * It has come so far.
		 * @param step the name of the step; see the load generator
		 */
		void at(String step) throws IOException, InterruptedException;

	}

}
