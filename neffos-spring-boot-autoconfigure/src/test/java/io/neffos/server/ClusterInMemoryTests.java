package io.neffos.server;

import io.neffos.exchange.MemoryExchange;
import io.neffos.exchange.StackExchange;

class ClusterInMemoryTests extends ClusterTests {

	private final MemoryExchange.Hub hub = new MemoryExchange.Hub();

	@Override
	StackExchange exchange() {
		return new MemoryExchange(this.hub);
	}

}
