package io.neffos.benchmark.exchange;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.neffos.exchange.ExchangeListener;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.nats.NatsExchange;
import io.neffos.exchange.nats.NatsSettings;
import io.neffos.exchange.redis.RedisExchange;
import io.neffos.exchange.redis.RedisExchangeSettings;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Makes the benchmark itself a client of a broker, in the way our servers are. */
final class Exchanges implements AutoCloseable {

	/** What every server of ours hears, with the default prefix. */
	static final String ALL = "neffos.all";

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final StackExchange exchange;

	private final Runnable end;

	private Exchanges(StackExchange exchange, Runnable end) {
		this.exchange = exchange;
		this.end = end;
	}

	/**
	 * Connect to a broker.
	 * @param kind what it is
	 * @param port where it listens
	 * @param listener is told what arrives
	 */
	static Exchanges connect(BrokerKind kind, int port, ExchangeListener listener) {
		Exchanges result = switch (kind) {
			case REDIS -> redis(port);
			case NATS -> new Exchanges(new NatsExchange(
					new NatsSettings(List.of("nats://127.0.0.1:" + port), NatsSettings.Login.NONE, null, "benchmark",
							TIMEOUT, TIMEOUT, RedisExchangeSettings.DEFAULTS.publishBuffer(), false),
					Exchanges::thread), () -> {
					});
		};
		result.exchange.start(listener);
		return result;
	}

	/**
	 * Connect to a broker and receive what is published on a channel, from now on.
	 * @param kind what it is
	 * @param port where it listens
	 * @param channel the channel
	 * @param listener is told what arrives
	 */
	static Exchanges listen(BrokerKind kind, int port, String channel, ExchangeListener listener) {
		Exchanges result = connect(kind, port, listener);
		try {
			result.exchange.subscribe(channel).join();
			return result;
		}
		catch (RuntimeException ex) {
			result.close();
			throw ex;
		}
	}

	private static Exchanges redis(int port) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", port);
		factory.afterPropertiesSet();
		factory.start();
		return new Exchanges(new RedisExchange(factory, RedisExchangeSettings.DEFAULTS,
				new ScheduledThreadPoolExecutor(1, Exchanges::thread)), factory::destroy);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "benchmark-exchange");
		thread.setDaemon(true);
		return thread;
	}

	StackExchange get() {
		return this.exchange;
	}

	@Override
	public void close() {
		this.exchange.close();
		this.end.run();
	}

}
