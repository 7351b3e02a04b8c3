package io.neffos.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sends all that a server has to those who asked, a bounded number of messages at a time.
 * Entered under the lock of the view.
 */
final class FullSender {

	/** At most one megabyte with each digest. */
	private static final int PER_TICK = 32;

	private final Set<String> wanting = new LinkedHashSet<>();

	private final Set<String> served = new HashSet<>();

	private final Deque<Outgoing> queue = new ArrayDeque<>();

	void want(String node) {
		if (!this.served.contains(node)) {
			this.wanting.add(node);
		}
	}

	void clear() {
		this.wanting.clear();
		this.served.clear();
		this.queue.clear();
	}

	/** Add what is to be sent now; what is not sent yet follows with the next digests. */
	void send(List<Outgoing> out, Supplier<List<Full>> whole) {
		if (this.queue.isEmpty() && !this.wanting.isEmpty()) {
			List<Full> parts = whole.get();
			this.served.addAll(this.wanting);
			this.wanting.forEach((node) -> parts.forEach((part) -> this.queue.add(new Outgoing(node, part))));
			this.wanting.clear();
		}
		for (int i = 0; i < PER_TICK; i++) {
			Outgoing next = this.queue.poll();
			if (next == null) {
				this.served.clear();
				return;
			}
			out.add(next);
		}
	}

}
