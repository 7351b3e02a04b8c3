package io.neffos.exchange;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

import static org.awaitility.Awaitility.await;

/**
 * A broker as a child process on a loopback port: started, killed, stopped and continued
 * by signals. What it writes is kept for the message of a start that failed.
 */
public final class BrokerProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<String> command;

	private final int port;

	private final Path log;

	private @Nullable Process process;

	/**
	 * Not started yet.
	 * @param command the command line
	 * @param port where it will listen
	 * @param directory an empty directory of its own
	 */
	public BrokerProcess(List<String> command, int port, Path directory) {
		this.command = List.copyOf(command);
		this.port = port;
		this.log = directory.resolve("broker.log");
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "broker-" + port));
	}

	/** Start it; returns when its port accepts. */
	public void start() {
		try {
			Process started = new ProcessBuilder(this.command).directory(this.log.getParent().toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
				.start();
			this.process = started;
			awaitPort(started);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(this.command.toString(), ex);
		}
	}

	private void awaitPort(Process started) {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
			if (!started.isAlive()) {
				throw new IllegalStateException(this.command + " ended:\n" + Files.readString(this.log));
			}
			return accepts(this.port);
		});
	}

	/** Whether somebody listens on a loopback port. */
	public static boolean accepts(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Kill it, with SIGKILL; returns when it is gone. */
	public void stop() {
		Process running = this.process;
		if (running != null) {
			running.destroyForcibly();
			waitFor(running);
		}
	}

	/** SIGSTOP: it answers no more, and its connections stay. */
	public void pause() {
		signal("STOP");
		await().atMost(PATIENCE).until(this::standsStill);
	}

	/** A signal is obeyed a moment after it was sent, by one thread after the other. */
	private boolean standsStill() throws IOException {
		Path threads = Path.of("/proc", String.valueOf(Objects.requireNonNull(this.process).pid()), "task");
		if (!Files.isDirectory(threads)) {
			return true;
		}
		try (Stream<Path> all = Files.list(threads)) {
			return all.map((thread) -> thread.resolve("stat")).allMatch(BrokerProcess::isStopped);
		}
	}

	private static boolean isStopped(Path stat) {
		try {
			String line = Files.readString(stat);
			return line.startsWith("T", line.lastIndexOf(')') + 2);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** SIGCONT. */
	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		Process running = this.process;
		if (running == null || !running.isAlive()) {
			throw new IllegalStateException(this.command + " does not run");
		}
		try {
			waitFor(new ProcessBuilder("kill", "-" + name, String.valueOf(running.pid())).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void waitFor(Process ending) {
		try {
			if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("Does not end: " + ending);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		stop();
	}

	/** A command of the PATH, or of where Debian puts servers. */
	public static @Nullable Path find(String command) {
		Stream<String> places = Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)),
				Stream.of("/usr/sbin", "/usr/local/bin"));
		return places.map((place) -> Path.of(place, command)).filter(Files::isExecutable).findFirst().orElse(null);
	}

	/** A loopback port that was free a moment ago. */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** An empty directory below the build's own. */
	public static Path directory(String name) {
		try {
			Path parent = Files.createDirectories(Path.of("target", "brokers"));
			return Files.createTempDirectory(parent, name).toAbsolutePath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Skips the test, or fails it where nothing may be skipped.
	 * @param what what is missing, and what would help
	 * @return never
	 */
	public static RuntimeException missing(String what) {
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(what + " (with CI=true this is a failure, else the test is skipped)");
		}
		throw new TestAbortedException(what);
	}

}
