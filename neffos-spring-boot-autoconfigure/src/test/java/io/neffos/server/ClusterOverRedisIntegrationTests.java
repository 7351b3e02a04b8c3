package io.neffos.server;

import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.redis.RedisFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The same over Redis. */
class ClusterOverRedisIntegrationTests extends ClusterTests {

	private static RedisBroker broker;

	private final RedisFixture fixture = new RedisFixture();

	@BeforeAll
	static void startBroker() {
		broker = RedisBroker.any();
	}

	@AfterAll
	static void stopBroker() {
		if (broker != null) {
			broker.close();
		}
	}

	@Override
	StackExchange exchange() {
		return this.fixture.exchange(broker.host(), broker.port(), RedisFixture.SETTINGS);
	}

	@AfterEach
	void closeFactories() {
		this.fixture.close();
	}

}
