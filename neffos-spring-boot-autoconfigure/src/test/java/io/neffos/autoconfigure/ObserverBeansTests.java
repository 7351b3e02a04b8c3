package io.neffos.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.observe.NeffosObserver;
import io.neffos.observe.Tracing;
import io.neffos.test.TestNamespace;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/** Observers of an application, beside Actuator's metrics and beside each other. */
class ObserverBeansTests {

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final WebApplicationContextRunner application = Runners.port()
		.withBean(Namespaces.class, () -> Namespaces.builder().namespace("chat", (events) -> {
		}).build())
		.withBean("told", List.class, () -> this.told);

	@Test
	void observersAreToldInOrderAndTheMetricsToo() throws Exception {
		Class<?> metrics = Class.forName("io.neffos.autoconfigure.metrics.NeffosMetricsAutoConfiguration");
		this.application
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class, metrics))
			.withUserConfiguration(Observers.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeansOfType(NeffosObserver.class)).hasSize(3).containsKey("neffosMetrics");
				TestNamespace chat = Runners.chat(context);
				chat.join("lobby");
				awaitBoth();
				await().untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
					.get("neffos.joins")
					.tags("namespace", "chat", "outcome", "joined")
					.counter()
					.count()).isEqualTo(1));
			});
	}

	@Test
	void observersAreToldWithoutMetrics() {
		this.application.withUserConfiguration(Observers.class).run((context) -> {
			Runners.chat(context).join("lobby");
			awaitBoth();
		});
	}

	@Test
	void tracingOfTheApplicationIsUsed() {
		Tracing tracing = mock(Tracing.class);
		this.application.withBean(Tracing.class, () -> tracing).run((context) -> {
			Runners.chat(context);
			context.getBean(NeffosServer.class).connections("chat").get(0).joinRoom("lobby");
			verify(tracing, atLeastOnce()).current();
		});
	}

	private void awaitBoth() {
		await().untilAsserted(() -> assertThat(this.told).containsExactly("first chat JOINED", "second chat JOINED"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Observers {

		@Bean
		@Order(2)
		NeffosObserver second(List<String> told) {
			return joins("second", told);
		}

		@Bean
		@Order(1)
		NeffosObserver first(List<String> told) {
			return joins("first", told);
		}

		private static NeffosObserver joins(String name, List<String> told) {
			return new NeffosObserver() {

				@Override
				public void join(String namespace, JoinOutcome outcome) {
					told.add(name + " " + namespace + " " + outcome);
				}

			};
		}

	}

}
