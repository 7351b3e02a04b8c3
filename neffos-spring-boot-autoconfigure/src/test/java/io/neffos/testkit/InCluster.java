package io.neffos.testkit;

import java.util.function.Supplier;

import io.neffos.exchange.MemoryExchange;
import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.nats.NatsFixture;
import io.neffos.exchange.redis.RedisFixture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes each {@link TestServer} of a class three servers that are one, over what the
 * configuration parameter {@value #EXCHANGE} names: a hub in memory unless it says so,
 * else a broker that all classes share. The first client of a test is not on the server
 * that tests send from.
 */
public final class InCluster implements BeforeAllCallback, AfterAllCallback {

	/** {@code memory}, {@code redis} or {@code nats}. */
	public static final String EXCHANGE = "neffos.test.exchange";

	private static final int FIRST = 1;

	@Override
	public void beforeAll(ExtensionContext context) {
		String type = context.getConfigurationParameter(EXCHANGE).orElse("memory");
		Shared shared = context.getRoot()
			.getStore(ExtensionContext.Namespace.create(InCluster.class))
			.computeIfAbsent(type, (key) -> share(type), Shared.class);
		TestServer.inCluster(shared.exchanges(), FIRST);
	}

	private static Shared share(String type) {
		return switch (type) {
			case "memory" -> {
				MemoryExchange.Hub hub = new MemoryExchange.Hub();
				yield new Shared(() -> new MemoryExchange(hub), () -> {
				});
			}
			case "redis" -> {
				RedisBroker broker = RedisBroker.any();
				RedisFixture application = new RedisFixture();
				yield new Shared(application.exchanges(broker.host(), broker.port()), () -> {
					application.close();
					broker.close();
				});
			}
			case "nats" -> {
				NatsBroker broker = NatsBroker.any();
				yield new Shared(() -> NatsFixture.exchange(broker.host(), broker.port()), broker::close);
			}
			default -> throw new IllegalArgumentException(EXCHANGE + "=" + type);
		};
	}

	@Override
	public void afterAll(ExtensionContext context) {
		TestServer.inCluster(null);
	}

	/** Closed with the last of the classes that share it. */
	private record Shared(Supplier<StackExchange> exchanges, Runnable end) implements AutoCloseable {

		@Override
		public void close() {
			this.end.run();
		}

	}

}
