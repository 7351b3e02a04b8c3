package io.neffos.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The metrics of clients, in a registry that is bound when the application starts. */
@Configuration(proxyBeanMethods = false)
public class MetricsImport {

	@Bean
	MeterRegistry registry() {
		return new SimpleMeterRegistry();
	}

	@Bean
	NeffosClientMetrics metrics() {
		return new NeffosClientMetricsAutoConfiguration().neffosClientMetrics();
	}

	@Bean
	SmartInitializingSingleton binding(MeterRegistry registry, ObjectProvider<MeterBinder> binders) {
		return () -> binders.forEach((binder) -> binder.bindTo(registry));
	}

}
