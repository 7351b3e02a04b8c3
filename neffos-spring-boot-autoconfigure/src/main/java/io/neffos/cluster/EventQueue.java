package io.neffos.cluster;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the view wants the application to be told of rooms: queued under its lock, told
 * outside of it, by one thread at a time, so that the order is kept.
 */
final class EventQueue {

	private final ClusterHost host;

	private final Queue<RoomEvent> events = new ConcurrentLinkedQueue<>();

	/** Who tells them, and who came meanwhile. */
	private final AtomicInteger telling = new AtomicInteger();

	EventQueue(ClusterHost host) {
		this.host = host;
	}

	void add(RoomEvent event) {
		this.events.add(event);
	}

	void tell() {
		if (this.events.isEmpty() || this.telling.getAndIncrement() > 0) {
			return;
		}
		do {
			for (RoomEvent event = this.events.poll(); event != null; event = this.events.poll()) {
				tell(event);
			}
		}
		while (this.telling.decrementAndGet() > 0);
	}

	private void tell(RoomEvent event) {
		if (event.created()) {
			this.host.roomCreated(event.namespace(), event.room());
		}
		else {
			this.host.roomDestroyed(event.namespace(), event.room());
		}
	}

}
