package io.neffos.server;

import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.redis.RedisFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** What happens to a cluster over Redis when things fail. */
class ClusterFaultsOverRedisIntegrationTests extends ClusterFaultTests {

	private static RedisBroker broker;

	private final RedisFixture fixture = new RedisFixture();

	@BeforeAll
	static void startBroker() {
		broker = RedisBroker.ours();
	}

	@AfterAll
	static void stopBroker() {
		if (broker != null) {
			broker.close();
		}
	}

	@Override
	RedisBroker broker() {
		return broker;
	}

	@Override
	StackExchange exchange(String host, int port) {
		return this.fixture.exchange(host, port, RedisFixture.SETTINGS);
	}

	@AfterEach
	void closeFactories() {
		this.fixture.close();
	}

}
