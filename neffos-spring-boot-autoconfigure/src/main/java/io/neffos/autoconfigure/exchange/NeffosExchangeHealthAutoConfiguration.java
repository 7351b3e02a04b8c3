package io.neffos.autoconfigure.exchange;

import io.neffos.exchange.StackExchange;
import io.neffos.observe.ClusterStats;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the health of the exchange.
 */
@AutoConfiguration(afterName = "io.neffos.autoconfigure.NeffosAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ StackExchange.class, ClusterStats.class })
@ConditionalOnEnabledHealthIndicator("neffosExchange")
final class NeffosExchangeHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "neffosExchangeHealthIndicator")
	ExchangeHealthIndicator neffosExchangeHealthIndicator(StackExchange exchange, ClusterStats stats,
			NeffosExchangeProperties properties) {
		return new ExchangeHealthIndicator(exchange, stats, properties.health());
	}

}
