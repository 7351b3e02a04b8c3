package io.neffos.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * NATS for tests: {@code nats-server} of the PATH, else the address that the system
 * property or the environment variable {@code neffos.test.nats} names, else a container.
 */
public final class NatsBroker implements Broker {

	private static final String IMAGE = "nats:2.10-alpine";

	private static final Pattern CONNECTIONS = Pattern.compile("\"connections\":\\s*(\\d+)");

	private static final Pattern SUBSCRIPTIONS = Pattern.compile("\"subscriptions\":\\s*(\\d+)");

	private final String host;

	private final int port;

	/** Where it tells about itself, or -1. */
	private final int monitor;

	private final @Nullable BrokerProcess process;

	private final @Nullable AutoCloseable container;

	private NatsBroker(String host, int port, int monitor, @Nullable BrokerProcess process,
			@Nullable AutoCloseable container) {
		this.host = host;
		this.port = port;
		this.monitor = monitor;
		this.process = process;
		this.container = container;
	}

	/** Any NATS, or the test is skipped. */
	public static NatsBroker any() {
		if (BrokerProcess.find("nats-server") != null) {
			return ours();
		}
		String address = System.getProperty("neffos.test.nats", System.getenv("neffos.test.nats"));
		if (address != null) {
			int colon = address.lastIndexOf(':');
			return new NatsBroker(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), -1, null,
					null);
		}
		if (DockerClientFactory.instance().isDockerAvailable()) {
			GenericContainer<?> started = new GenericContainer<>(IMAGE).withExposedPorts(4222);
			started.start();
			return new NatsBroker(started.getHost(), started.getMappedPort(4222), -1, null, started);
		}
		throw BrokerProcess.missing("No NATS: neither nats-server on the PATH, nor -Dneffos.test.nats=host:port, "
				+ "nor Docker. Install the package nats-server");
	}

	/**
	 * A process of the test's own, or the test is skipped.
	 * @param options more of its command line
	 */
	public static NatsBroker ours(String... options) {
		Path server = BrokerProcess.find("nats-server");
		if (server == null) {
			throw BrokerProcess.missing("No nats-server on the PATH. Install the package nats-server");
		}
		int port = BrokerProcess.freePort();
		int monitor = BrokerProcess.freePort();
		List<String> command = new ArrayList<>(List.of(server.toString(), "--addr", "127.0.0.1", "--port",
				String.valueOf(port), "--http_port", String.valueOf(monitor)));
		command.addAll(List.of(options));
		BrokerProcess process = new BrokerProcess(command, port, BrokerProcess.directory("nats"));
		NatsBroker broker = new NatsBroker("127.0.0.1", port, monitor, process, null);
		broker.start();
		return broker;
	}

	/** Its address, as properties have it. */
	public String address() {
		return "nats://" + this.host + ":" + this.port;
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
			throw BrokerProcess.missing("The NATS at " + this.host + ":" + this.port + " is not the test's own");
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

	/** How many clients it has, or -1 where it does not tell. */
	public int clients() {
		return (this.monitor < 0) ? -1 : ask(CONNECTIONS);
	}

	/** How many subscriptions its clients have, and it itself. */
	public int subscriptions() {
		return ask(SUBSCRIPTIONS);
	}

	private int ask(Pattern what) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.monitor + "/varz")).build();
		try {
			String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
			Matcher matcher = what.matcher(answer);
			if (!matcher.find()) {
				throw new IllegalStateException(answer);
			}
			return Integer.parseInt(matcher.group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
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
