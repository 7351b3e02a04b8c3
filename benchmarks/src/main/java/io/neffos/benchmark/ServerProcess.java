package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that was started here, and is ended here. */
final class ServerProcess implements AutoCloseable {

	private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+)", Pattern.MULTILINE);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Process process;

	private final int port;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Start a server and wait until it listens.
	 * @param command how to start it; it says "listening on" and its port, and ends with
	 * its standard input
	 * @param log where its output goes
	 * @throws IOException if it does not start
	 */
	static ServerProcess start(List<String> command, Path log) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		long end = System.nanoTime() + PATIENCE.toNanos();
		try {
			while (System.nanoTime() < end && process.isAlive()) {
				Matcher matcher = LISTENING.matcher(Files.readString(log));
				if (matcher.find()) {
					return new ServerProcess(process, Integer.parseInt(matcher.group(1)));
				}
				TimeUnit.MILLISECONDS.sleep(50);
			}
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			process.destroyForcibly();
			throw ex;
		}
		process.destroyForcibly();
		throw new IOException("The server did not start; see " + log);
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
