package io.neffos.autoconfigure.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.observe.ClusterStats;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the metrics of the exchange.
 */
@AutoConfiguration(afterName = { "io.neffos.autoconfigure.NeffosAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ ClusterStats.class, MeterRegistry.class })
final class NeffosExchangeMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ExchangeMetrics neffosExchangeMetrics(ClusterStats stats) {
		return new ExchangeMetrics(stats);
	}

}
