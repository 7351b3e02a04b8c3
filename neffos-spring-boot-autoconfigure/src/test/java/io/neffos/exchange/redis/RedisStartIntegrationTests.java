package io.neffos.exchange.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.neffos.exchange.BrokerProcess;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.RecordingListener;
import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How an exchange over Redis comes in: at once, later, with a password, or not at all.
 */
class RedisStartIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final RedisFixture fixture = new RedisFixture();

	private final RecordingListener told = new RecordingListener();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private static void assertItWorks(StackExchange exchange, RecordingListener told) {
		assertThat(exchange.subscribe("x")).succeedsWithin(PATIENCE);
		assertThat(exchange.publish("x", "hello".getBytes(StandardCharsets.US_ASCII))).isTrue();
		await().atMost(PATIENCE).until(() -> told.on("x").contains("hello"));
	}

	@Test
	void saysWhatToDoWhenRedisIsNotThere() {
		int port = BrokerProcess.freePort();
		try (StackExchange exchange = this.fixture.exchange("127.0.0.1", port, RedisExchangeSettings.DEFAULTS)) {
			assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> exchange.start(this.told))
				.withMessageContaining("127.0.0.1:" + port)
				.withMessageContaining("refused")
				.withMessageContaining("spring.data.redis")
				.withMessageContaining("neffos.exchange.start=wait");
			assertThat(exchange.isAvailable()).isFalse();
			assertThat(exchange.publish("x", new byte[0])).isFalse();
		}
	}

	@Test
	void startsWithoutRedisWhenToldToWait() {
		RedisExchangeSettings patient = new RedisExchangeSettings(1024 * 1024, Duration.ofSeconds(2),
				Duration.ofSeconds(2), true);
		try (RedisBroker redis = RedisBroker.ours();
				StackExchange exchange = this.fixture.exchange(redis.host(), redis.port(), patient)) {
			redis.stop();
			exchange.start(this.told);
			assertThat(this.told.states()).containsExactly("unavailable");
			assertThat(exchange.subscribe("early")).failsWithin(PATIENCE);
			redis.start();
			await().atMost(PATIENCE).until(exchange::isAvailable);
			assertThat(redis.channels("early")).isEqualTo(1);
			assertItWorks(exchange, this.told);
			assertThat(this.told.states()).containsExactly("unavailable", "available");
		}
	}

	@Test
	void goesOnWhenRedisStandsStillAtTheStart() {
		RedisExchangeSettings patient = new RedisExchangeSettings(1024 * 1024, Duration.ofMillis(500),
				Duration.ofSeconds(2), true);
		try (RedisBroker redis = RedisBroker.ours();
				StackExchange exchange = this.fixture.exchange(redis.host(), redis.port(), patient)) {
			redis.pause();
			exchange.start(this.told);
			assertThat(exchange.isAvailable()).isFalse();
			redis.resume();
			await().atMost(PATIENCE).until(exchange::isAvailable);
			assertItWorks(exchange, this.told);
		}
	}

	@Test
	void comesInWithThePasswordOfTheApplication() {
		try (RedisBroker redis = RedisBroker.ours("--requirepass", "s3cret")) {
			RedisStandaloneConfiguration where = new RedisStandaloneConfiguration(redis.host(), redis.port());
			where.setPassword("s3cret");
			try (StackExchange exchange = this.fixture.exchange(where, null, RedisExchangeSettings.DEFAULTS)) {
				exchange.start(this.told);
				assertItWorks(exchange, this.told);
				assertThat(exchange.details().toString()).doesNotContain("s3cret");
			}
			RedisStandaloneConfiguration wrong = new RedisStandaloneConfiguration(redis.host(), redis.port());
			wrong.setPassword("gu3ssed");
			try (StackExchange exchange = this.fixture.exchange(wrong, null, RedisExchangeSettings.DEFAULTS)) {
				assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> exchange.start(this.told))
					.withMessageContaining("WRONGPASS")
					.withMessageNotContaining("gu3ssed");
			}
		}
	}

	@Test
	void tellsWhatItIsConnectedTo() {
		try (RedisBroker redis = RedisBroker.any();
				StackExchange exchange = this.fixture.exchange(redis.host(), redis.port(),
						RedisExchangeSettings.DEFAULTS)) {
			exchange.start(this.told);
			await().atMost(PATIENCE).until(() -> !exchange.details().get("version").equals("unknown"));
			assertThat(exchange.details()).containsEntry("type", "redis")
				.containsEntry("mode", "standalone")
				.containsEntry("address", redis.host() + ":" + redis.port())
				.containsEntry("connections", 2)
				.containsEntry("reconnects", 0);
			assertThat((String) exchange.details().get("version")).matches("[0-9.]+");
		}
	}

	@Test
	void wantsLettuce() {
		RedisConnectionFactory other = Mockito.mock(RedisConnectionFactory.class);
		assertThatExceptionOfType(ExchangeException.class)
			.isThrownBy(() -> new RedisExchange(other, RedisExchangeSettings.DEFAULTS, RedisFixture.thread()))
			.withMessageContaining("Lettuce")
			.withMessageContaining("spring.data.redis.client-type=lettuce");
	}

}
