package io.neffos.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of another program, to its end.
 *
 * @param exitCode its exit code
 * @param output what it printed, both streams
 */
record Program(int exitCode, String output) {

	private static final Duration LIMIT = Duration.ofMinutes(4);

	/**
	 * Runs a program and waits for its end.
	 * @param name names the file under {@code target} that keeps the output
	 * @param directory where it runs
	 * @param environment variables besides those of this process
	 * @param command the program and its arguments
	 * @return the finished run
	 * @throws IOException if it cannot be started, most likely because there is no such
	 * program
	 */
	static Program run(String name, Path directory, Map<String, String> environment, List<String> command)
			throws IOException {
		Path log = Directories.target().resolve(name + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().putAll(environment);
		Process process = builder.start();
		process.getOutputStream().close();
		try {
			boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
			if (!ended) {
				throw new AssertionError("%s is still running after %s%n%s".formatted(command, LIMIT, read(log)));
			}
			return new Program(process.exitValue(), read(log));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while running " + command, ex);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	static String read(Path log) {
		try {
			return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
