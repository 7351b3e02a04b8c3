package io.neffos.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

import static org.awaitility.Awaitility.await;

/**
 * Redis for tests: {@code redis-server} of the PATH, else the address that the system
 * property or the environment variable {@code neffos.test.redis} names, else a container.
 */
public final class RedisBroker implements Broker {

	private static final String IMAGE = "redis:7.4-alpine";

	private final String host;

	private final int port;

	private final @Nullable BrokerProcess process;

	private final @Nullable AutoCloseable container;

	private RedisBroker(String host, int port, @Nullable BrokerProcess process, @Nullable AutoCloseable container) {
		this.host = host;
		this.port = port;
		this.process = process;
		this.container = container;
	}

	/** Any Redis, or the test is skipped. */
	public static RedisBroker any() {
		if (BrokerProcess.find("redis-server") != null) {
			return ours();
		}
		String address = System.getProperty("neffos.test.redis", System.getenv("neffos.test.redis"));
		if (address != null) {
			int colon = address.lastIndexOf(':');
			return new RedisBroker(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), null,
					null);
		}
		if (DockerClientFactory.instance().isDockerAvailable()) {
			GenericContainer<?> started = new GenericContainer<>(IMAGE).withExposedPorts(6379);
			started.start();
			return new RedisBroker(started.getHost(), started.getMappedPort(6379), null, started);
		}
		throw BrokerProcess.missing("No Redis: neither redis-server on the PATH, nor -Dneffos.test.redis=host:port, "
				+ "nor Docker. Install the package redis-server");
	}

	/**
	 * A process of the test's own, or the test is skipped.
	 * @param options more of its command line
	 */
	public static RedisBroker ours(String... options) {
		Path server = BrokerProcess.find("redis-server");
		if (server == null) {
			throw BrokerProcess.missing("No redis-server on the PATH. Install the package redis-server");
		}
		int port = BrokerProcess.freePort();
		Path directory = BrokerProcess.directory("redis");
		List<String> command = new ArrayList<>(List.of(server.toString(), "--port", String.valueOf(port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory.toString(), "--daemonize", "no"));
		command.addAll(List.of(options));
		RedisBroker broker = new RedisBroker("127.0.0.1", port, new BrokerProcess(command, port, directory), null);
		broker.start();
		return broker;
	}

	@Override
	public String host() {
		return this.host;
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public boolean isOurs() {
		return this.process != null;
	}

	private BrokerProcess process() {
		BrokerProcess own = this.process;
		if (own == null) {
			throw BrokerProcess.missing("The Redis at " + this.host + ":" + this.port + " is not the test's own");
		}
		return own;
	}

	@Override
	public void stop() {
		process().stop();
	}

	@Override
	public void start() {
		process().start();
	}

	@Override
	public void pause() {
		process().pause();
	}

	@Override
	public void resume() {
		process().resume();
	}

	/** How many clients it has, without the one that asks. */
	public int clients() {
		return (int) ask("CLIENT LIST").lines().filter((line) -> line.startsWith("id=")).count() - 1;
	}

	/** How often somebody subscribed a channel that begins with this. */
	public int channels(String prefix) {
		return (int) ask("PUBSUB CHANNELS " + prefix + "*").lines().filter((line) -> line.startsWith(prefix)).count();
	}

	/** The answer to a command without spaces in its arguments, as it is on the wire. */
	public String ask(String command) {
		return ask(this.host, this.port, command);
	}

	/** The same of another Redis, or of a Sentinel. */
	public static String ask(String host, int port, String command) {
		try (Socket socket = new Socket(host, port)) {
			socket.setSoTimeout(5_000);
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			// It answers what came before the end, and ends then; Sentinel knows no QUIT.
			socket.shutdownOutput();
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(command, ex);
		}
	}

	/** Wait until it answers, and not only accepts. */
	public void awaitAnswer() {
		await().atMost(Duration.ofSeconds(20)).until(() -> ask("PING").contains("PONG"));
	}

	@Override
	public void close() {
		if (this.process != null) {
			this.process.close();
		}
		if (this.container != null) {
			try {
				this.container.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
