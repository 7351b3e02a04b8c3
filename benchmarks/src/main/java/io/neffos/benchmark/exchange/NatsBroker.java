package io.neffos.benchmark.exchange;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * NATS, asked by its monitoring. Bytes are those of messages as it counts them: without
 * what its protocol adds, and without pings.
 */
final class NatsBroker implements Broker {

	private static final JsonMapper json = new JsonMapper();

	private final BrokerProcess process;

	private final int port;

	private final URI monitor;

	private final HttpClient client = HttpClient.newHttpClient();

	private final long ownSubscriptions;

	private NatsBroker(BrokerProcess process, int port, int monitorPort) throws IOException, InterruptedException {
		this.process = process;
		this.port = port;
		this.monitor = URI.create("http://127.0.0.1:%d/varz".formatted(monitorPort));
		this.ownSubscriptions = look().path("subscriptions").asLong();
	}

	static NatsBroker start(Path program, Path directory) throws IOException, InterruptedException {
		int port = BrokerProcess.freePort();
		int monitorPort = BrokerProcess.freePort();
		// The monitoring begins to listen before the clients' port does.
		BrokerProcess process = BrokerProcess.start(List.of(program.toString(), "--addr", "127.0.0.1", "--port",
				String.valueOf(port), "--http_port", String.valueOf(monitorPort)), port, directory.resolve("nats.log"));
		try {
			return new NatsBroker(process, port, monitorPort);
		}
		catch (IOException | InterruptedException ex) {
			process.close();
			throw ex;
		}
	}

	private JsonNode look() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.monitor).timeout(Duration.ofSeconds(30)).build();
		return json.readTree(this.client.send(request, HttpResponse.BodyHandlers.ofString()).body());
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public String version() throws IOException, InterruptedException {
		return "NATS " + look().path("version").asString("");
	}

	@Override
	public State state() throws IOException, InterruptedException {
		JsonNode now = look();
		return new State(now.path("connections").asLong(), now.path("subscriptions").asLong() - this.ownSubscriptions,
				now.path("in_bytes").asLong(), now.path("out_bytes").asLong());
	}

	@Override
	public void close() {
		this.process.close();
	}

}
