package io.neffos.exchange.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.neffos.exchange.StackExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Applications, as far as an exchange sees them: a connection factory for each. */
public final class RedisFixture implements AutoCloseable {

	/** With a short silence, so that tests of faults are short. */
	public static final RedisExchangeSettings SETTINGS = new RedisExchangeSettings(4 * 1024 * 1024,
			Duration.ofSeconds(2), Duration.ofSeconds(2), false);

	private final List<LettuceConnectionFactory> factories = new ArrayList<>();

	/** An exchange of an application of its own. */
	public StackExchange exchange(String host, int port, RedisExchangeSettings settings) {
		return exchange(new RedisStandaloneConfiguration(host, port), null, settings);
	}

	StackExchange exchange(RedisConfiguration where, @Nullable Consumer<LettuceClientConfigurationBuilder> how,
			RedisExchangeSettings settings) {
		return new RedisExchange(factory(where, how), settings, thread());
	}

	private LettuceConnectionFactory factory(RedisConfiguration where,
			@Nullable Consumer<LettuceClientConfigurationBuilder> how) {
		LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder();
		if (how != null) {
			how.accept(client);
		}
		LettuceConnectionFactory factory = new LettuceConnectionFactory(where, client.build());
		factory.afterPropertiesSet();
		this.factories.add(factory);
		return factory;
	}

	/** Exchanges of one application, which has one factory for all of them. */
	public Supplier<StackExchange> exchanges(String host, int port) {
		LettuceConnectionFactory factory = factory(new RedisStandaloneConfiguration(host, port), null);
		return () -> new RedisExchange(factory, SETTINGS, thread());
	}

	static ScheduledExecutorService thread() {
		return Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "test-exchange");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public void close() {
		this.factories.forEach(LettuceConnectionFactory::destroy);
	}

}
