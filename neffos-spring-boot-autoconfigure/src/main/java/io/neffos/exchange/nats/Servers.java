package io.neffos.exchange.nats;

import java.util.List;

import io.nats.client.impl.NatsServerPool;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the names of servers where certificates are looked at, in place of their numbers.
 */
final class Servers extends NatsServerPool {

	private final boolean named;

	Servers(boolean named) {
		this.named = named;
	}

	@Override
	public @Nullable List<String> resolveHostToIps(String host, boolean maxOneResult, boolean includeIPV6) {
		return this.named ? null : super.resolveHostToIps(host, maxOneResult, includeIPV6);
	}

}
