package io.neffos.observe;

import java.util.Collection;

import io.neffos.Conn;
import io.neffos.Overflow;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;

/** Tells several, in order. */
final class CompositeObserver implements NeffosObserver {

	private final NeffosObserver[] observers;

	CompositeObserver(Collection<? extends NeffosObserver> observers) {
		this.observers = observers.toArray(new NeffosObserver[0]);
	}

	@Override
	public void opened(Conn conn) {
		for (NeffosObserver observer : this.observers) {
			observer.opened(conn);
		}
	}

	@Override
	public void closed(Conn conn, CloseReason reason, CloseCause cause) {
		for (NeffosObserver observer : this.observers) {
			observer.closed(conn, reason, cause);
		}
	}

	@Override
	public void join(String namespace, JoinOutcome outcome) {
		for (NeffosObserver observer : this.observers) {
			observer.join(namespace, outcome);
		}
	}

	@Override
	public void received(String namespace) {
		for (NeffosObserver observer : this.observers) {
			observer.received(namespace);
		}
	}

	@Override
	public void sent(String namespace, int count) {
		for (NeffosObserver observer : this.observers) {
			observer.sent(namespace, count);
		}
	}

	@Override
	public void dropped(DropReason reason) {
		for (NeffosObserver observer : this.observers) {
			observer.dropped(reason);
		}
	}

	@Override
	public void handled(String namespace, String event, HandlerOutcome outcome, long nanos) {
		for (NeffosObserver observer : this.observers) {
			observer.handled(namespace, event, outcome, nanos);
		}
	}

	@Override
	public void outboxOverflow() {
		for (NeffosObserver observer : this.observers) {
			observer.outboxOverflow();
		}
	}

	@Override
	public void overflowDropped(String namespace, Overflow policy, int count) {
		for (NeffosObserver observer : this.observers) {
			observer.overflowDropped(namespace, policy, count);
		}
	}

}
