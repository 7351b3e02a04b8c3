package io.neffos.sample;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

import static org.awaitility.Awaitility.await;

/**
 * A Redis or NATS of the test's own, on a loopback port, and what a server needs to use
 * it.
 */
final class TestBroker implements AutoCloseable {

	private final Process process;

	private final List<String> properties;

	private TestBroker(Process process, List<String> properties) {
		this.process = process;
		this.properties = properties;
	}

	static TestBroker redis() throws IOException {
		String port = String.valueOf(freePort());
		return start("redis-server", Integer.parseInt(port),
				List.of("--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"),
				List.of("--neffos.exchange.type=redis", "--spring.data.redis.host=127.0.0.1",
						"--spring.data.redis.port=" + port));
	}

	static TestBroker nats() throws IOException {
		String port = String.valueOf(freePort());
		return start("nats-server", Integer.parseInt(port), List.of("--addr", "127.0.0.1", "--port", port),
				List.of("--neffos.exchange.type=nats", "--neffos.exchange.nats.servers=nats://127.0.0.1:" + port));
	}

	private static TestBroker start(String program, int port, List<String> arguments, List<String> properties)
			throws IOException {
		String found = find(program);
		List<String> command = Stream.concat(Stream.of(found), arguments.stream()).toList();
		Path log = Files.createTempFile(Path.of("target"), program, ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		TestBroker broker = new TestBroker(process, properties);
		await().until(() -> {
			if (!process.isAlive()) {
				throw new IllegalStateException(program + " ended:\n" + Files.readString(log));
			}
			return accepts(port);
		});
		return broker;
	}

	/**
	 * Skipped where there is none, but not in CI, so that nobody takes skipped for
	 * passed.
	 */
	private static String find(String program) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
			.map((folder) -> new File(folder, program))
			.filter(File::canExecute)
			.map(File::getPath)
			.findFirst()
			.orElseThrow(() -> {
				String missing = "There is no " + program + " on the PATH";
				return "true".equals(System.getenv("CI")) ? new IllegalStateException(missing)
						: new TestAbortedException(missing);
			});
	}

	/** What tells a server to use it. */
	List<String> properties() {
		return this.properties;
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static boolean accepts(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
	}

}
