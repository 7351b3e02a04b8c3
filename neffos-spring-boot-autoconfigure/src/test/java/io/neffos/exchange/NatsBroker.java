package io.neffos.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NATS for tests: {@code nats-server} of the PATH, else the address that the system
 * property or the environment variable {@code neffos.test.nats} names, else a container.
 */
public final class NatsBroker extends ServerBroker {

	private static final BrokerProgram PROGRAM = new BrokerProgram("NATS", "nats-server", "neffos.test.nats",
			"nats:2.10-alpine", 4222);

	private static final Pattern CONNECTIONS = Pattern.compile("\"connections\":\\s*(\\d+)");

	private static final Pattern SUBSCRIPTIONS = Pattern.compile("\"subscriptions\":\\s*(\\d+)");

	/** Where it tells about itself, or -1. */
	private final int monitor;

	private NatsBroker(Place place, int monitor) {
		super(PROGRAM, place);
		this.monitor = monitor;
	}

	/** Any NATS, or the test is skipped. */
	public static NatsBroker any() {
		return PROGRAM.isInstalled() ? ours() : new NatsBroker(PROGRAM.elsewhere(), -1);
	}

	/**
	 * A process of the test's own, or the test is skipped.
	 * @param options more of its command line
	 */
	public static NatsBroker ours(String... options) {
		int port = BrokerProcess.freePort();
		int monitor = BrokerProcess.freePort();
		NatsBroker broker = new NatsBroker(PROGRAM.ours(port,
				List.of("--addr", "127.0.0.1", "--port", String.valueOf(port), "--http_port", String.valueOf(monitor)),
				options), monitor);
		broker.start();
		return broker;
	}

	/** Its address, as properties have it. */
	public String address() {
		return "nats://" + host() + ":" + port();
	}

	@Override
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

}
