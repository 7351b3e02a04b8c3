package io.neffos.testkit;

import java.util.function.Supplier;

import io.neffos.exchange.MemoryExchange;
import io.neffos.exchange.StackExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes each {@link TestServer} of a class three servers that are one, over a hub in
 * memory or what {@link #over} says. The first client of a test is not on the server that
 * tests send from.
 */
public final class InCluster implements BeforeAllCallback, AfterAllCallback {

	private static final int FIRST = 1;

	private static volatile @Nullable Supplier<StackExchange> broker;

	/**
	 * From now on, servers of a cluster meet by other exchanges than those in memory.
	 * @param exchanges makes an exchange for each of them, or {@code null} for those in
	 * memory again
	 */
	public static void over(@Nullable Supplier<StackExchange> exchanges) {
		broker = exchanges;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		Supplier<StackExchange> exchanges = broker;
		MemoryExchange.Hub hub = new MemoryExchange.Hub();
		TestServer.inCluster((exchanges != null) ? exchanges : () -> new MemoryExchange(hub), FIRST);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		TestServer.inCluster(null);
	}

}
