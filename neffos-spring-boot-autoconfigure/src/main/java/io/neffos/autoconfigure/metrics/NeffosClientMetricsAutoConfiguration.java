package io.neffos.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.client.NeffosClientBuilder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the metrics of clients.
 */
@AutoConfiguration(afterName = { "io.neffos.autoconfigure.NeffosClientAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ NeffosClientBuilder.class, MeterRegistry.class })
final class NeffosClientMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NeffosClientMetrics neffosClientMetrics() {
		return new NeffosClientMetrics();
	}

}
