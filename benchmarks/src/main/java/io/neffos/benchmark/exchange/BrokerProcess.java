package io.neffos.benchmark.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a broker. */
final class BrokerProcess implements AutoCloseable {

	private static final int ATTEMPTS = 500;

	private final Process process;

	private final Path directory;

	private BrokerProcess(Process process, Path directory) {
		this.process = process;
		this.directory = directory;
	}

	/**
	 * Start it in an empty directory, and wait until it accepts connections.
	 * @param command how to start it
	 * @param port where it listens
	 * @param log where its output goes
	 * @throws IOException if it does not start
	 */
	static BrokerProcess start(List<String> command, int port, Path log) throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("neffos-benchmark-broker");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		BrokerProcess result = new BrokerProcess(process, directory);
		for (int i = 0; i < ATTEMPTS && process.isAlive(); i++) {
			try {
				new Socket(InetAddress.getLoopbackAddress(), port).close();
				return result;
			}
			catch (IOException ex) {
				TimeUnit.MILLISECONDS.sleep(10);
			}
		}
		result.close();
		throw new IOException("%s did not start; see %s".formatted(command.get(0), log));
	}

	/** A port that nobody listens on now. */
	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
			Files.deleteIfExists(this.directory);
		}
		catch (IOException ex) {
			System.err.printf("%s was left behind: %s%n", this.directory, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
