package io.neffos.server;

import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.nats.NatsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same over Nats. */
class ClusterOverNatsIntegrationTests extends ClusterTests {

	private static NatsBroker broker;

	@BeforeAll
	static void startBroker() {
		broker = NatsBroker.any();
	}

	@AfterAll
	static void stopBroker() {
		if (broker != null) {
			broker.close();
		}
	}

	@Override
	StackExchange exchange() {
		return NatsFixture.exchange(broker.host(), broker.port());
	}

}
