package io.neffos.autoconfigure.exchange;

import java.time.Duration;
import java.util.concurrent.Executors;

import io.lettuce.core.RedisClient;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.redis.RedisExchange;
import io.neffos.exchange.redis.RedisExchangeSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The exchange over the Redis that the application uses anyway. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ RedisConnectionFactory.class, RedisClient.class })
@ConditionalOnProperty(prefix = "neffos.exchange", name = "type", havingValue = "redis")
class RedisExchangeConfiguration {

	/** Redis is given up after so many times what a subscription may take. */
	private static final int PATIENCE = 5;

	private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(2);

	@Bean
	@ConditionalOnMissingBean(StackExchange.class)
	RedisExchange neffosRedisExchange(ObjectProvider<RedisConnectionFactory> factories,
			NeffosExchangeProperties properties) {
		RedisConnectionFactory factory = factories.getIfUnique();
		if (factory == null) {
			throw new ExchangeException(
					"neffos.exchange.type=redis needs one connection factory of Redis, but there is "
							+ "none, or several and none of them primary. Set spring.data.redis.*, or mark one as @Primary");
		}
		CustomizableThreadFactory threads = new CustomizableThreadFactory("neffos-redis-");
		threads.setDaemon(true);
		return new RedisExchange(factory, settings(properties), Executors.newSingleThreadScheduledExecutor(threads));
	}

	private static RedisExchangeSettings settings(NeffosExchangeProperties properties) {
		Duration silence = properties.subscribeTimeout().multipliedBy(PATIENCE);
		return new RedisExchangeSettings(properties.publishBuffer().toBytes(), properties.subscribeTimeout(),
				(silence.compareTo(SHORTEST_SILENCE) > 0) ? silence : SHORTEST_SILENCE,
				properties.start() == NeffosExchangeProperties.Start.WAIT);
	}

}
