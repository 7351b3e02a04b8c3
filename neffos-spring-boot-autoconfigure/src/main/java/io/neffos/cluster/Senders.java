package io.neffos.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out what a broker's client repeats after a reconnect: each server counts its
 * messages, and each number counts once.
 */
final class Senders {

	/** So many servers are listened to; each takes 8 KB. */
	private static final int MAX_SERVERS = 1_000;

	private final Map<String, Sender> senders = new ConcurrentHashMap<>();

	/**
	 * Whether a message is met for the first time, and its sender is not one too many.
	 */
	boolean isNew(String server, long number, long now) {
		Sender sender = this.senders.get(server);
		if (sender == null) {
			if (this.senders.size() >= MAX_SERVERS) {
				return false;
			}
			sender = this.senders.computeIfAbsent(server, (id) -> new Sender(new SeenWindow()));
		}
		sender.heardAt = now;
		return sender.window.first(number);
	}

	/** Forget who was not heard for some time. */
	void forget(long now, long nanos) {
		this.senders.values().removeIf((sender) -> now - sender.heardAt > nanos);
	}

	private static final class Sender {

		private final SeenWindow window;

		private volatile long heardAt;

		Sender(SeenWindow window) {
			this.window = window;
		}

	}

}
