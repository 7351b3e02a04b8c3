package io.neffos.autoconfigure.metrics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.neffos.autoconfigure.NeffosClientBuilderCustomizer;
import io.neffos.client.ClientClosed;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.client.NeffosClientListener;
import io.neffos.client.Reconnected;
import io.neffos.client.Reconnecting;

/**
 * Counts what the application's clients do, all together. No observer itself, because the
 * server takes the bean that is one.
 */
final class NeffosClientMetrics implements MeterBinder, NeffosClientBuilderCustomizer, NeffosClientListener {

	private static final String PREFIX = "neffos.client.";

	private static final String RECONNECTS = PREFIX + "reconnects";

	private final MeteredObserver observer = new MeteredObserver();

	private final Set<NeffosClient> clients = ConcurrentHashMap.newKeySet();

	private final List<Returns> returns = new CopyOnWriteArrayList<>();

	@Override
	public void customize(NeffosClientBuilder builder) {
		builder.observer(this.observer).listener(this);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge
			.builder(PREFIX + "connections", this.clients,
					(source) -> source.stream().filter(NeffosClient::isConnected).count())
			.description("Clients that are connected")
			.baseUnit("connections")
			.strongReference(true)
			.register(registry);
		this.observer.add(new BoundMeters(registry, PREFIX, Set.of()));
		this.returns.add(new Returns(Counter.builder(PREFIX + "reconnect.attempts")
			.description("Attempts of clients to come back")
			.baseUnit("attempts")
			.register(registry), reconnects(registry, "success"), reconnects(registry, "gave-up")));
	}

	private static Counter reconnects(MeterRegistry registry, String outcome) {
		return Counter.builder(RECONNECTS)
			.description("Connections that clients lost, by whether they came back")
			.tag(Tags.OUTCOME, outcome)
			.register(registry);
	}

	@Override
	public void onConnected(NeffosClient client) {
		this.clients.add(client);
	}

	@Override
	public void onReconnecting(Reconnecting event) {
		this.returns.forEach((counters) -> counters.attempts().increment());
	}

	@Override
	public void onReconnected(Reconnected event) {
		this.returns.forEach((counters) -> counters.successes().increment());
	}

	@Override
	public void onClosed(ClientClosed event) {
		this.clients.remove(event.client());
		if (event.failure() != null) {
			this.returns.forEach((counters) -> counters.failures().increment());
		}
	}

	private record Returns(Counter attempts, Counter successes, Counter failures) {

	}

}
