package io.neffos.autoconfigure.metrics;

import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.neffos.Conn;
import io.neffos.NeffosServer;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;

/**
 * Counts what a server does. Tags are namespaces that are declared, events that have a
 * handler, and names of enumerations; never a room, a connection or anything else a peer
 * can choose.
 * <p>
 * A registry is bound once the application has started; what was counted for one is not
 * told to another that is bound later. The server is looked up when a registry is bound,
 * because it is itself built with this observer.
 */
final class NeffosMetrics implements NeffosObserver, MeterBinder {

	private final Supplier<NeffosServer> server;

	// Nearly always one: Boot binds to a composite where there are several registries.
	private volatile BoundMeters[] bound = {};

	NeffosMetrics(Supplier<NeffosServer> server) {
		this.server = server;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		NeffosServer source = this.server.get();
		LevelMeters.register(registry, source);
		BoundMeters[] more = new BoundMeters[this.bound.length + 1];
		System.arraycopy(this.bound, 0, more, 0, this.bound.length);
		more[this.bound.length] = new BoundMeters(registry, source.namespaces());
		this.bound = more;
	}

	@Override
	public void closed(Conn conn, CloseReason reason, CloseCause cause) {
		for (BoundMeters meters : this.bound) {
			meters.closed(cause);
		}
	}

	@Override
	public void join(String namespace, JoinOutcome outcome) {
		for (BoundMeters meters : this.bound) {
			meters.join(namespace, outcome);
		}
	}

	@Override
	public void received(String namespace) {
		for (BoundMeters meters : this.bound) {
			meters.received(namespace);
		}
	}

	@Override
	public void sent(String namespace, int count) {
		for (BoundMeters meters : this.bound) {
			meters.sent(namespace, count);
		}
	}

	@Override
	public void dropped(DropReason reason) {
		for (BoundMeters meters : this.bound) {
			meters.dropped(reason);
		}
	}

	@Override
	public void handled(String namespace, String event, HandlerOutcome outcome, long nanos) {
		for (BoundMeters meters : this.bound) {
			meters.handled(namespace, event, outcome, nanos);
		}
	}

	@Override
	public void outboxOverflow() {
		for (BoundMeters meters : this.bound) {
			meters.outboxOverflow();
		}
	}

}
