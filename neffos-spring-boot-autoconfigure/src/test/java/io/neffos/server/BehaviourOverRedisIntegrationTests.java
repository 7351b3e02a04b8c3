package io.neffos.server;

import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.redis.RedisFixture;
import io.neffos.testkit.InCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same over Redis. */
class BehaviourOverRedisIntegrationTests extends BehaviourTests {

	private static final RedisFixture application = new RedisFixture();

	private static RedisBroker broker;

	@BeforeAll
	static void startBroker() {
		broker = RedisBroker.any();
		InCluster.over(application.exchanges(broker.host(), broker.port()));
	}

	@AfterAll
	static void stopBroker() {
		InCluster.over(null);
		application.close();
		if (broker != null) {
			broker.close();
		}
	}

}
