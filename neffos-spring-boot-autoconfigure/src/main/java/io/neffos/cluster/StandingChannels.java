package io.neffos.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.StackExchange;

/**
 * What a server listens to as long as it runs: what all are told, what it alone is told,
 * and what is sent to its namespaces. That of rooms comes and goes with them.
 *
 * @param names the names of the channels
 */
record StandingChannels(List<String> names) {

	/** How long the start waits for the broker to confirm what is listened to. */
	private static final Duration START = Duration.ofSeconds(30);

	static StandingChannels of(Channels channels, String self, List<String> namespaces) {
		List<String> names = new ArrayList<>();
		names.add(channels.all());
		names.add(channels.node(self));
		namespaces.forEach((namespace) -> names.add(channels.namespace(namespace)));
		return new StandingChannels(List.copyOf(names));
	}

	/**
	 * Subscribe to all of them, and wait until that has happened. Where the exchange has
	 * started without a broker nothing is waited for: it tells when there is one.
	 * @throws ExchangeException if the broker does not allow it, or does not answer
	 */
	void subscribe(StackExchange exchange) {
		CompletableFuture<?> all = CompletableFuture
			.allOf(this.names.stream().map(exchange::subscribe).toArray(CompletableFuture<?>[]::new));
		if (exchange.isAvailable()) {
			await(all);
		}
	}

	private static void await(CompletableFuture<?> all) {
		try {
			all.get(START.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ExchangeException("Interrupted while the broker was waited for", ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw new ExchangeException(
					"The broker does not let this server subscribe: " + ((cause != null) ? cause.getMessage() : ex),
					ex);
		}
		catch (TimeoutException ex) {
			throw new ExchangeException("The broker did not confirm what was subscribed within " + START, ex);
		}
	}

}
