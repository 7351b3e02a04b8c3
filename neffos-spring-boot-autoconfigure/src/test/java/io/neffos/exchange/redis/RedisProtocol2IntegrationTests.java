package io.neffos.exchange.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.neffos.exchange.Broker;
import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.StackExchangeContractTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

/**
 * The exchange by the older protocol of Redis, where answers and messages look alike, and
 * with a client that does not reconnect by itself.
 */
class RedisProtocol2IntegrationTests extends StackExchangeContractTests {

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
		ClientOptions options = ClientOptions.builder()
			.autoReconnect(false)
			.protocolVersion(ProtocolVersion.RESP2)
			.build();
		return this.fixture.exchange(new RedisStandaloneConfiguration(redis.host(), redis.port()),
				(client) -> client.clientOptions(options), RedisExchangeSettings.DEFAULTS);
	}

	@Override
	protected Broker broker() {
		return redis;
	}

}
