package io.neffos.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.NeffosServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of metrics.
 */
@AutoConfiguration(afterName = { "io.neffos.autoconfigure.NeffosAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ NeffosServer.class, MeterRegistry.class })
final class NeffosMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NeffosMetrics neffosMetrics(ObjectProvider<NeffosServer> server) {
		return new NeffosMetrics(server::getObject);
	}

}
