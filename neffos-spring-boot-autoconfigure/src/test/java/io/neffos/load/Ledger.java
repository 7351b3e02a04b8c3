package io.neffos.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.neffos.Conn;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/** Counts what a server tells. */
public final class Ledger implements NeffosObserver {

	private final Map<String, String> ends = new ConcurrentHashMap<>();

	private final AtomicInteger closed = new AtomicInteger();

	private final AtomicInteger overflows = new AtomicInteger();

	private final LongAdder sent = new LongAdder();

	@Override
	public void closed(Conn conn, CloseReason reason, CloseCause cause) {
		this.closed.incrementAndGet();
		this.ends.merge(conn.id(), cause + " " + reason.code() + " " + reason.reason(),
				(first, second) -> first + ", then " + second);
	}

	@Override
	public void sent(String namespace, int count) {
		this.sent.add(count);
	}

	@Override
	public void outboxOverflow() {
		this.overflows.incrementAndGet();
	}

	/** Cause, code and text of the end of a connection. */
	public @Nullable String end(String id) {
		return this.ends.get(id);
	}

	/** How many connections have ended. */
	public int closed() {
		return this.closed.get();
	}

	/** How many connections did not keep up. */
	public int overflows() {
		return this.overflows.get();
	}

	/** How many messages were queued, one for each receiver. */
	public long sent() {
		return this.sent.sum();
	}

}
