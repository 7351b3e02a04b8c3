package io.neffos.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.neffos.Conn;
import io.neffos.Overflow;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/** Counts what a server tells. */
public final class Ledger implements NeffosObserver {

	private final Map<String, String> ends = new ConcurrentHashMap<>();

	private final AtomicInteger closed = new AtomicInteger();

	private final AtomicInteger overflows = new AtomicInteger();

	private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();

	@Override
	public void closed(Conn conn, CloseReason reason, CloseCause cause) {
		this.closed.incrementAndGet();
		if (cause == CloseCause.PEER || cause == CloseCause.APPLICATION) {
			// Too many to remember.
			return;
		}
		this.ends.merge(conn.id(), cause + " " + reason.code() + " " + reason.reason(),
				(first, second) -> first + ", then " + second);
	}

	@Override
	public void sent(String namespace, int count) {
		this.sent.computeIfAbsent(namespace, (key) -> new LongAdder()).add(count);
	}

	@Override
	public void overflowDropped(String namespace, Overflow policy, int count) {
		this.dropped.computeIfAbsent(namespace + " " + policy, (key) -> new LongAdder()).add(count);
	}

	@Override
	public void outboxOverflow() {
		this.overflows.incrementAndGet();
	}

	/**
	 * Cause, code and text of the end of a connection that neither side wanted to end.
	 */
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

	/** How many messages of a namespace were queued, one for each receiver. */
	public long sent(String namespace) {
		return sum(this.sent.get(namespace));
	}

	/** How many of them were dropped by its policy. */
	public long dropped(String namespace, Overflow policy) {
		return sum(this.dropped.get(namespace + " " + policy));
	}

	private static long sum(@Nullable LongAdder count) {
		return (count != null) ? count.sum() : 0;
	}

}
