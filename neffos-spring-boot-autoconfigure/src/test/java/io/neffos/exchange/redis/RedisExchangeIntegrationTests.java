package io.neffos.exchange.redis;

import io.neffos.exchange.Broker;
import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.StackExchangeContractTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The exchange over Redis, by the contract of all. */
class RedisExchangeIntegrationTests extends StackExchangeContractTests {

	private static RedisBroker redis;

	private final RedisFixture fixture = new RedisFixture();

	@BeforeAll
	static void startRedis() {
		redis = RedisBroker.any();
	}

	@AfterAll
	static void stopRedis() {
		if (redis != null) {
			redis.close();
		}
	}

	@Override
	protected void release() {
		this.fixture.close();
	}

	@Override
	protected StackExchange create() {
		return this.fixture.exchange(redis.host(), redis.port(), RedisExchangeSettings.DEFAULTS);
	}

	@Override
	protected Broker broker() {
		return redis;
	}

}
