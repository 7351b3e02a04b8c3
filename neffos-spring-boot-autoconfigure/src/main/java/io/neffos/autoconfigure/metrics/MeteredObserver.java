package io.neffos.autoconfigure.metrics;

import io.neffos.Conn;
import io.neffos.Overflow;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;

/**
 * Counts what happens. Tags are namespaces that are declared, events that have a handler,
 * and names of enumerations; never a room, a connection or anything else a peer can
 * choose. What was counted for one registry is not told to another that is added later.
 */
class MeteredObserver implements NeffosObserver {

	// Nearly always one: Boot binds to a composite where there are several registries.
	private volatile BoundMeters[] bound = {};

	synchronized void add(BoundMeters meters) {
		BoundMeters[] more = new BoundMeters[this.bound.length + 1];
		System.arraycopy(this.bound, 0, more, 0, this.bound.length);
		more[this.bound.length] = meters;
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
	public void overflowDropped(String namespace, Overflow policy, int count) {
		for (BoundMeters meters : this.bound) {
			meters.overflowDropped(namespace, policy, count);
		}
	}

	@Override
	public void outboxOverflow() {
		for (BoundMeters meters : this.bound) {
			meters.outboxOverflow();
		}
	}

}
