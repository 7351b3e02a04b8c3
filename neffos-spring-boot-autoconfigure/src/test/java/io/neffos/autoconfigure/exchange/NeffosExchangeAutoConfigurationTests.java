package io.neffos.autoconfigure.exchange;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.MemoryExchange;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.nats.NatsExchange;
import io.neffos.exchange.redis.RedisExchange;
import io.neffos.observe.ClusterStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** Tests for {@link NeffosExchangeAutoConfiguration}, its health and its metrics. */
class NeffosExchangeAutoConfigurationTests {

	private static final AutoConfigurations EXCHANGE = AutoConfigurations.of(NeffosExchangeAutoConfiguration.class,
			NeffosExchangeHealthAutoConfiguration.class, NeffosExchangeMetricsAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(EXCHANGE);

	@Test
	void byDefaultThereIsNoExchange() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(StackExchange.class)
			.hasSingleBean(NeffosExchangeProperties.class));
	}

	@Test
	void anExchangeOfTheApplicationIsTaken() {
		this.runner.withUserConfiguration(OwnExchange.class)
			.run((context) -> assertThat(context).getBean(StackExchange.class).isInstanceOf(MemoryExchange.class));
	}

	@Test
	void exchangesOfTwoKindsStopTheStart() {
		for (String type : List.of("redis", "nats")) {
			this.runner.withUserConfiguration(OwnExchange.class)
				.withPropertyValues("neffos.exchange.type=" + type)
				.run((context) -> assertThat(analyze(context.getStartupFailure()))
					.contains("neffos.exchange.type=" + type, "'ownExchange'", "to memory"));
		}
	}

	@Test
	void natsIsChosen() {
		this.runner
			.withPropertyValues("neffos.exchange.type=nats", "neffos.exchange.nats.servers=nats://one,nats://two:1",
					"neffos.exchange.nats.username=alice", "neffos.exchange.nats.password=s3cret")
			.run((context) -> {
				assertThat(context).getBean(StackExchange.class).isInstanceOf(NatsExchange.class);
				assertThat(context.getBean(StackExchange.class)).hasToString("NatsExchange[nats://one, nats://two:1]");
				assertThat(context.getBeanFactory().getBeanDefinition("neffosNatsExchange").getDestroyMethodName())
					.as("the server closes it")
					.isEmpty();
				assertThat(context.getBean(NatsConnectionDetails.class).getPassword()).isEqualTo("s3cret");
				assertThat(context.getBean(NeffosExchangeProperties.class).toString()).doesNotContain("s3cret",
						"alice");
			});
	}

	@Test
	void connectionDetailsOfTheApplicationAreTaken() {
		this.runner.withPropertyValues("neffos.exchange.type=nats")
			.withBean(NatsConnectionDetails.class, () -> () -> List.of("nats://elsewhere:1"))
			.run((context) -> assertThat(context.getBean(StackExchange.class))
				.hasToString("NatsExchange[nats://elsewhere:1]"));
	}

	@Test
	void redisIsChosen() {
		this.runner.withPropertyValues("neffos.exchange.type=redis")
			.withBean(LettuceConnectionFactory.class)
			.run((context) -> assertThat(context).getBean(StackExchange.class).isInstanceOf(RedisExchange.class));
	}

	@Test
	void aLibraryThatIsMissingIsNamed() {
		this.runner.withClassLoader(new FilteredClassLoader("io.nats"))
			.withPropertyValues("neffos.exchange.type=nats")
			.run((context) -> assertThat(analyze(context.getStartupFailure())).contains("neffos.exchange.type=nats",
					"'io.nats:jnats'"));
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.withPropertyValues("neffos.exchange.type=redis")
			.run((context) -> assertThat(analyze(context.getStartupFailure())).contains("neffos.exchange.type=redis",
					"'org.springframework.boot:spring-boot-starter-data-redis'"));
	}

	@Test
	void librariesThatAreNotChosenAreNotNeeded() {
		this.runner.withClassLoader(new FilteredClassLoader("io.nats", "org.springframework.data.redis", "io.lettuce"))
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce"))
			.withPropertyValues("neffos.exchange.type=nats")
			.run((context) -> assertThat(context).hasSingleBean(StackExchange.class));
	}

	@Test
	void aConnectionFactoryThatIsMissingIsNamed() {
		this.runner.withPropertyValues("neffos.exchange.type=redis")
			.run((context) -> assertThat(analyze(context.getStartupFailure())).contains("neffos.exchange.type=redis",
					"RedisConnectionFactory", "spring-boot-starter-data-redis"));
	}

	@Test
	void onlyAServerHasAnExchange() {
		this.runner.withPropertyValues("neffos.exchange.type=nats", "neffos.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(StackExchange.class));
		new ApplicationContextRunner().withConfiguration(EXCHANGE)
			.withPropertyValues("neffos.exchange.type=nats")
			.run((context) -> assertThat(context).doesNotHaveBean(StackExchange.class));
	}

	@ParameterizedTest
	@CsvSource({ "prefix, .a", "prefix, a..b", "prefix, a*", "prefix, ''", "lease, 999ms", "lease, 2h",
			"digest-interval, 9ms", "digest-interval, 6s", "subscribe-timeout, 0ms", "publish-buffer, 1KB",
			"publish-buffer, 3GB", "server-name, ' '", "nats.servers, localhost:4222", "nats.servers, http://localhost",
			"nats.connect-timeout, 0s" })
	void whatIsIllegalIsNamed(String property, String value) {
		String name = "neffos.exchange." + property;
		this.runner.withPropertyValues(name + "=" + value).run((context) -> {
			Throwable failure = root(context.getStartupFailure());
			assertThat(failure).isInstanceOf(InvalidConfigurationPropertyValueException.class);
			assertThat(((InvalidConfigurationPropertyValueException) failure).getName()).isEqualTo(name);
		});
	}

	@ParameterizedTest
	@CsvSource({ "nats.servers, nats://alice:s3cret@localhost", "nats.password, s3cret" })
	void whatIsIllegalAndSecretIsNotShown(String property, String value) {
		this.runner.withPropertyValues("neffos.exchange." + property + "=" + value)
			.run((context) -> assertThat(root(context.getStartupFailure()))
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.message()
				.contains(property)
				.doesNotContain("s3cret"));
	}

	@Test
	void aBrokerThatIsNotReachedIsExplained() {
		FailureAnalysis analysis = new UnreachableBrokerFailureAnalyzer()
			.analyze(new IllegalStateException(new ExchangeException("NATS at nats://x:1 cannot be reached")));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("nats://x:1");
		assertThat(analysis.getAction()).contains("neffos.exchange.start=wait");
	}

	@Test
	void healthTellsWhetherTheBrokerIsThere() {
		ClusterStats stats = stats();
		given(stats.isAvailable()).willReturn(true, false);
		this.runner.withUserConfiguration(OwnExchange.class)
			.withBean(ClusterStats.class, () -> stats)
			.run((context) -> {
				ExchangeHealthIndicator indicator = context.getBean("neffosExchangeHealthIndicator",
						ExchangeHealthIndicator.class);
				Health health = indicator.health();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("type", "memory")
					.containsEntry("servers", 3)
					.containsEntry("roundTrip", "PT0.005S");
				assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
			});
	}

	@Test
	void healthMayStayOutOfIt() {
		ClusterStats stats = stats();
		this.runner.withUserConfiguration(OwnExchange.class)
			.withPropertyValues("neffos.exchange.health=unknown")
			.withBean(ClusterStats.class, () -> stats)
			.run((context) -> assertThat(context.getBean(ExchangeHealthIndicator.class).health().getStatus())
				.isEqualTo(Status.UNKNOWN));
		this.runner.withUserConfiguration(OwnExchange.class)
			.withPropertyValues("management.health.neffosExchange.enabled=false")
			.withBean(ClusterStats.class, () -> stats)
			.run((context) -> assertThat(context).doesNotHaveBean(ExchangeHealthIndicator.class));
	}

	@Test
	void metersTellWhatTheClusterCounts() {
		ClusterStats stats = stats();
		this.runner.withUserConfiguration(OwnExchange.class)
			.withBean(ClusterStats.class, () -> stats)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBean(ExchangeMetrics.class).bindTo(registry);
				assertThat(registry.get("neffos.exchange.publishes").functionCounter().count()).isEqualTo(1);
				assertThat(registry.get("neffos.exchange.deliveries").functionCounter().count()).isEqualTo(2);
				assertThat(dropped(registry, "refused")).isEqualTo(4);
				assertThat(dropped(registry, "lost")).isEqualTo(5);
				assertThat(dropped(registry, "overrun")).isEqualTo(6);
				assertThat(dropped(registry, "ignored")).isEqualTo(7);
				assertThat(registry.get("neffos.exchange.reconnects").functionCounter().count()).isEqualTo(8);
				assertThat(registry.get("neffos.exchange.round.trip").timeGauge().value()).isEqualTo(0.005);
				assertThat(registry.get("neffos.exchange.subscriptions").gauge().value()).isEqualTo(9);
				assertThat(registry.get("neffos.exchange.servers").gauge().value()).isEqualTo(3);
			});
	}

	@Test
	void withoutAClusterThereIsNothingToTell() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).doesNotHaveBean(ExchangeMetrics.class)
				.doesNotHaveBean(ExchangeHealthIndicator.class));
	}

	private static double dropped(MeterRegistry registry, String reason) {
		return registry.get("neffos.exchange.dropped").tag("reason", reason).functionCounter().count();
	}

	private static ClusterStats stats() {
		ClusterStats stats = mock(ClusterStats.class);
		given(stats.published()).willReturn(1L);
		given(stats.delivered()).willReturn(2L);
		given(stats.servers()).willReturn(3);
		given(stats.refused()).willReturn(4L);
		given(stats.lost()).willReturn(5L);
		given(stats.overrun()).willReturn(6L);
		given(stats.ignored()).willReturn(7L);
		given(stats.reconnects()).willReturn(8L);
		given(stats.subscriptions()).willReturn(9);
		given(stats.lastRoundTrip()).willReturn(Duration.ofMillis(5));
		return stats;
	}

	private static String analyze(Throwable failure) {
		FailureAnalysis analysis = new InvalidExchangeFailureAnalyzer().analyze(failure);
		assertThat(analysis).as("what is analyzed").isNotNull();
		return analysis.getDescription() + " " + analysis.getAction();
	}

	private static Throwable root(Throwable failure) {
		return (failure.getCause() != null) ? root(failure.getCause()) : failure;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExchange {

		@Bean
		StackExchange ownExchange() {
			return new MemoryExchange();
		}

	}

}
