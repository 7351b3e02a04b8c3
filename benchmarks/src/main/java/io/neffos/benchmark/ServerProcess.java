package io.neffos.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A server that was started here, and is ended here. */
public final class ServerProcess implements AutoCloseable {

	private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+)", Pattern.MULTILINE);

	private static final Pattern ANSWER = Pattern.compile("^= (.*)\n", Pattern.MULTILINE);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Process process;

	private final int port;

	private final Path log;

	private int questions;

	private ServerProcess(Process process, int port, Path log) {
		this.process = process;
		this.port = port;
		this.log = log;
	}

	/**
	 * Start a server and wait until it listens.
	 * @param command how to start it; it says "listening on" and its port, and ends with
	 * its standard input
	 * @param log where its output goes
	 * @throws IOException if it does not start
	 */
	public static ServerProcess start(List<String> command, Path log) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			return new ServerProcess(process, Integer.parseInt(await(process, log, LISTENING, 0)), log);
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	private static String await(Process process, Path log, Pattern pattern, int before)
			throws IOException, InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < end && process.isAlive()) {
			List<MatchResult> found = pattern.matcher(Files.readString(log)).results().toList();
			if (found.size() > before) {
				return found.get(before).group(1);
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
		throw new IOException("The server said nothing; see " + log);
	}

	/**
	 * Ask what only the server knows; see {@code Control}.
	 * @param question the question
	 * @return the answer
	 * @throws IOException if there is none
	 */
	public String ask(String question) throws IOException, InterruptedException {
		OutputStream input = this.process.getOutputStream();
		input.write((question + "\n").getBytes(StandardCharsets.UTF_8));
		input.flush();
		String answer = await(this.process, this.log, ANSWER, this.questions++);
		if (answer.startsWith("failed") || answer.startsWith("not understood")) {
			throw new IOException("'%s' was answered with '%s'".formatted(question, answer));
		}
		return answer;
	}

	/** Where it listens. */
	public int port() {
		return this.port;
	}

	/** Of its process. */
	public long pid() {
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
