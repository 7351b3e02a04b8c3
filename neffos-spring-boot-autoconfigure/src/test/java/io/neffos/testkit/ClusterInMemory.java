package io.neffos.testkit;

import io.neffos.exchange.MemoryExchange;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes each {@link TestServer} of a class three servers over one hub in memory. */
public final class ClusterInMemory implements BeforeAllCallback, AfterAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		MemoryExchange.Hub hub = new MemoryExchange.Hub();
		TestServer.inCluster(() -> new MemoryExchange(hub));
	}

	@Override
	public void afterAll(ExtensionContext context) {
		TestServer.inCluster(null);
	}

}
