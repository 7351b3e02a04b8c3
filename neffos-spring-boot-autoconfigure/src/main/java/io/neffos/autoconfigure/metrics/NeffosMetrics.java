package io.neffos.autoconfigure.metrics;

import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.neffos.NeffosServer;

/**
 * Counts what a server does.
 * <p>
 * A registry is bound once the application has started. The server is looked up then,
 * because it is itself built with this observer.
 */
final class NeffosMetrics extends MeteredObserver implements MeterBinder {

	private final Supplier<NeffosServer> server;

	NeffosMetrics(Supplier<NeffosServer> server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		NeffosServer source = this.server.get();
		LevelMeters.register(registry, source);
		add(new BoundMeters(registry, "neffos.", source.namespaces()));
	}

}
