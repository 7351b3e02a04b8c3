package io.neffos.server;

import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.nats.NatsFixture;
import io.neffos.testkit.InCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same over NATS. */
class BehaviourOverNatsIntegrationTests extends BehaviourTests {

	private static NatsBroker broker;

	@BeforeAll
	static void startBroker() {
		broker = NatsBroker.any();
		InCluster.over(() -> NatsFixture.exchange(broker.host(), broker.port()));
	}

	@AfterAll
	static void stopBroker() {
		InCluster.over(null);
		if (broker != null) {
			broker.close();
		}
	}

}
