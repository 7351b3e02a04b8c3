package io.neffos.autoconfigure.exchange;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.MemoryExchange;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.redis.RedisExchange;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** When there is an exchange over Redis, and what it is made of. No Redis is needed. */
class RedisExchangeConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class, RedisExchangeConfiguration.class)
		.withPropertyValues("neffos.exchange.type=redis");

	private final ApplicationContextRunner withRedis = this.runner.withBean(RedisConnectionFactory.class,
			() -> new LettuceConnectionFactory(new RedisStandaloneConfiguration("redis.example.org", 6390)));

	@Test
	void takesTheConnectionFactoryOfTheApplication() {
		this.withRedis.run((context) -> {
			assertThat(context).hasSingleBean(StackExchange.class).hasSingleBean(RedisExchange.class);
			StackExchange exchange = context.getBean(StackExchange.class);
			assertThat(exchange.details()).containsEntry("address", "redis.example.org:6390")
				.containsEntry("connections", 0);
			assertThat(exchange.isAvailable()).isFalse();
		});
	}

	@Test
	void isNotThereForOtherTypes() {
		this.withRedis.withPropertyValues("neffos.exchange.type=memory")
			.run((context) -> assertThat(context).doesNotHaveBean(StackExchange.class));
	}

	@Test
	void isNotThereWithoutLettuce() {
		this.runner.withClassLoader(new FilteredClassLoader("io.lettuce"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(StackExchange.class));
	}

	@Test
	void givesWayToTheExchangeOfTheApplication() {
		this.withRedis.withBean(MemoryExchange.class)
			.run((context) -> assertThat(context.getBean(StackExchange.class)).isInstanceOf(MemoryExchange.class));
	}

	@Test
	void saysWhatIsMissing() {
		this.runner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(ExchangeException.class)
			.hasMessageContaining("spring.data.redis"));
		this.runner.withBean(RedisConnectionFactory.class, () -> Mockito.mock(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ExchangeException.class)
				.hasMessageContaining("needs Lettuce"));
	}

	@Test
	void closesWithTheApplication() {
		CompletableFuture<StackExchange> made = new CompletableFuture<>();
		this.withRedis.run((context) -> made.complete(context.getBean(StackExchange.class)));
		assertThat(made.join().subscribe("x")).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("closed");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(NeffosExchangeProperties.class)
	static class Properties {

	}

}
