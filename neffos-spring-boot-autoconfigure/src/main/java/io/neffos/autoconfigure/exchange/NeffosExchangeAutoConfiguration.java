package io.neffos.autoconfigure.exchange;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what carries messages between
 * servers. There is no bean of it while {@code neffos.exchange.type} is {@code memory}:
 * the server then runs alone, or with the exchange that the application has as a bean.
 * Such a bean beside another type is a mistake, because one of both would be without
 * effect.
 */
@AutoConfiguration(beforeName = "io.neffos.autoconfigure.NeffosAutoConfiguration",
		afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "neffos.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NeffosExchangeProperties.class)
@Import({ NatsExchangeConfiguration.class, RedisExchangeConfiguration.class })
final class NeffosExchangeAutoConfiguration {

	@Bean
	@Lazy(false)
	CheckedExchangeProperties neffosCheckedExchangeProperties(NeffosExchangeProperties properties) {
		return new CheckedExchangeProperties(properties);
	}

	@Bean
	static ExchangeChoice neffosExchangeChoice(Environment environment) {
		return new ExchangeChoice(environment);
	}

}
