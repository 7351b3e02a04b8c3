package io.neffos.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The sample application as a user starts it: {@code java -jar}, on a port of its own.
 */
final class SampleApplication implements Peer {

	private static final Duration LIMIT = Duration.ofSeconds(90);

	/**
	 * It is started thirty times and never runs long enough for the second compiler.
	 */
	private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private final Path jar;

	private final Path log;

	private final int port;

	private final @Nullable Tls tls;

	private final List<String> arguments;

	private Process process;

	private SampleApplication(Path jar, String name, @Nullable Tls tls, String... arguments) throws IOException {
		this.jar = jar;
		this.tls = tls;
		this.arguments = List.of(arguments);
		this.log = Directories.target().resolve(name + "-sample-app.log");
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		this.process = launch();
	}

	/**
	 * Starts the application and waits until it answers.
	 * @param name names the log file
	 * @param arguments what it is started with besides its port
	 * @return the running application
	 * @throws IOException if it cannot be started
	 */
	static SampleApplication start(String name, String... arguments) throws IOException {
		SampleApplication application = new SampleApplication(SampleJar.find(), name, null, arguments);
		application.awaitReadiness();
		return application;
	}

	/** As above, with a certificate of its own. */
	static SampleApplication startWithTls(String name, String... arguments) throws IOException {
		SampleApplication application = new SampleApplication(SampleJar.find(), name, Tls.create(name), arguments);
		application.awaitReadiness();
		return application;
	}

	@Override
	public String url() {
		return "%s://127.0.0.1:%d/neffos".formatted((this.tls != null) ? "wss" : "ws", this.port);
	}

	@Override
	public @Nullable Tls tls() {
		return this.tls;
	}

	@Override
	public boolean isOriginal() {
		return false;
	}

	@Override
	public synchronized void restart(boolean kill) throws IOException {
		end(kill);
		this.process = launch();
		awaitReadiness();
	}

	@Override
	public synchronized void close() {
		end(true);
	}

	private Process launch() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>();
		command.add(java);
		command.addAll(QUICK_START);
		command.addAll(List.of("-jar", this.jar.toString(), "--server.port=" + this.port));
		if (this.tls != null) {
			command.addAll(this.tls.arguments());
		}
		command.addAll(this.arguments);
		Process launched = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		// Ends it even when the tests are aborted.
		Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
		return launched;
	}

	private void awaitReadiness() {
		HttpClient client = http();
		HttpRequest request = HttpRequest.newBuilder(URI.create(url().replaceFirst("ws", "http")))
			.method("HEAD", HttpRequest.BodyPublishers.noBody())
			.build();
		Awaitility.await("the sample application answers")
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> {
				if (!this.process.isAlive()) {
					throw new AssertionError("The sample application ended:\n" + Program.read(this.log));
				}
				return answers(client, request);
			});
	}

	private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
		try {
			client.send(request, HttpResponse.BodyHandlers.discarding());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void end(boolean kill) {
		ProcessHandle handle = this.process.toHandle();
		if (kill) {
			handle.destroyForcibly();
		}
		else {
			handle.destroy();
		}
		try {
			if (!this.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("The sample application does not end:\n" + Program.read(this.log));
			}
		}
		catch (InterruptedException ex) {
			handle.destroyForcibly();
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(new IOException("Interrupted while ending the sample application", ex));
		}
	}

}
