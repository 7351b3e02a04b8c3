package io.neffos.autoconfigure.tracing;

import io.micrometer.observation.ObservationRegistry;
import io.neffos.observe.Tracing;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of traces that go on from server to
 * server.
 */
@AutoConfiguration(beforeName = "io.neffos.autoconfigure.NeffosAutoConfiguration",
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
final class NeffosTracingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Tracing neffosTracing(ObservationRegistry registry) {
		return new ObservedTracing(registry);
	}

}
