package io.neffos.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.Conn;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;

/** Remembers what a server tells its observer. */
public final class Recorder implements NeffosObserver {

	private final List<DropReason> dropped = new CopyOnWriteArrayList<>();

	private final List<CloseCause> closed = new CopyOnWriteArrayList<>();

	private final List<String> joins = new CopyOnWriteArrayList<>();

	private final AtomicInteger overflows = new AtomicInteger();

	@Override
	public void dropped(DropReason reason) {
		this.dropped.add(reason);
	}

	@Override
	public void closed(Conn conn, CloseReason reason, CloseCause cause) {
		this.closed.add(cause);
	}

	@Override
	public void join(String namespace, JoinOutcome outcome) {
		this.joins.add(namespace + ":" + outcome);
	}

	@Override
	public void outboxOverflow() {
		this.overflows.incrementAndGet();
	}

	/** How many connections did not keep up. */
	public int overflows() {
		return this.overflows.get();
	}

	public List<DropReason> dropped() {
		return this.dropped;
	}

	public List<CloseCause> closed() {
		return this.closed;
	}

	public List<String> joins() {
		return this.joins;
	}

}
