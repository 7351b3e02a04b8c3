package io.neffos.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the load generator, which is a process of its own. */
final class Load {

	private static final JsonMapper json = new JsonMapper();

	/** Set-up, goodbye and stragglers, in seconds. */
	private static final long PATIENCE = 90;

	private final Options options;

	private final Path log;

	Load(Options options, Path log) {
		this.options = options;
		this.log = log;
	}

	/**
	 * Put one load on a server.
	 * @param server the server
	 * @param protocol the load generator's arguments for its protocol
	 * @param scenario its arguments for what is asked
	 * @param seconds how long to measure
	 * @param warmup how long to warm up before
	 * @return what it measured
	 * @throws IOException if it measured nothing
	 */
	JsonNode run(ServerProcess server, List<String> protocol, List<String> scenario, String seconds, String warmup)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(this.options.wsload()));
		command.addAll(protocol);
		command.addAll(scenario);
		command.addAll(List.of("--port", String.valueOf(server.port()), "--server-pid", String.valueOf(server.pid()),
				"--seconds", seconds, "--warmup", warmup, "--setup-timeout", "60"));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		try {
			long limit = PATIENCE + (long) (Double.parseDouble(seconds) + Double.parseDouble(warmup));
			// The output is one line, which fits into the pipe.
			if (!process.waitFor(limit, TimeUnit.SECONDS)) {
				throw new IOException("the load did not end within %d s".formatted(limit));
			}
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			JsonNode result = json.readTree(output);
			if (result.has("fatal")) {
				throw new IOException(
						"%s %s".formatted(result.path("fatal").asString(""), result.path("first_error").asString(""))
							.trim());
			}
			return result;
		}
		catch (JacksonException ex) {
			throw new IOException("the load generator said nothing (exit %d)".formatted(process.exitValue()), ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
