package io.neffos.server;

import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.nats.NatsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What happens to a cluster over Nats when things fail. */
class ClusterFaultsOverNatsIntegrationTests extends ClusterFaultTests {

	private static NatsBroker broker;

	@BeforeAll
	static void startBroker() {
		broker = NatsBroker.ours();
	}

	@AfterAll
	static void stopBroker() {
		if (broker != null) {
			broker.close();
		}
	}

	@Override
	NatsBroker broker() {
		return broker;
	}

	@Override
	StackExchange exchange(String host, int port) {
		return NatsFixture.exchange(host, port);
	}

}
