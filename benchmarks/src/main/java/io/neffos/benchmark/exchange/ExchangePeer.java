package io.neffos.benchmark.exchange;

import java.util.ArrayList;
import java.util.List;

import io.neffos.benchmark.Peer;
import io.neffos.benchmark.peer.ours.OursServer;

/**
 * Whose servers are compared, and what is between them.
 *
 * @param ours whether they are ours
 * @param broker what is between them
 * @param goServer where the original is
 */
record ExchangePeer(boolean ours, BrokerKind broker, String goServer) {

	/** The load generator's arguments for the protocol of all. */
	static final List<String> NEFFOS = List.of("--proto", "neffos");

	/**
	 * All that can run here, if the brokers are there.
	 * @param goServer where the original is, empty if it was not built
	 */
	static List<ExchangePeer> all(String goServer) {
		List<ExchangePeer> result = new ArrayList<>();
		for (BrokerKind broker : BrokerKind.values()) {
			result.add(new ExchangePeer(true, broker, ""));
			if (!goServer.isEmpty()) {
				result.add(new ExchangePeer(false, broker, goServer));
			}
		}
		return List.copyOf(result);
	}

	/** How it is selected. */
	String name() {
		return (this.ours ? "ours-" : "go-") + this.broker.text();
	}

	/**
	 * One of the two servers.
	 * @param port where the broker listens
	 */
	Peer server(int port) {
		if (!this.ours) {
			return new Peer(name(), name(), this.goServer, false,
					List.of("-exchange", this.broker.text(), "-broker", "127.0.0.1:" + port), NEFFOS);
		}
		List<String> arguments = new ArrayList<>(List.of("--neffos.exchange.type=" + this.broker.text()));
		switch (this.broker) {
			case REDIS ->
				arguments.addAll(List.of("--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + port));
			case NATS -> arguments.add("--neffos.exchange.nats.servers=nats://127.0.0.1:" + port);
		}
		return new Peer(name(), name(), OursServer.class.getName(), true, arguments, NEFFOS);
	}

}
