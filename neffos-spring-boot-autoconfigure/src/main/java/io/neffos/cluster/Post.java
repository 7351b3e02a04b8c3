package io.neffos.cluster;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.neffos.exchange.StackExchange;

/**
 * Puts what this server says into envelopes and gives them to the exchange, counted. Safe
 * for concurrent use; nothing blocks.
 */
final class Post {

	private final StackExchange exchange;

	private final String self;

	private final Channels channels;

	private final Counters counters;

	private final AtomicLong numbers = new AtomicLong();

	Post(StackExchange exchange, String self, Channels channels, Counters counters) {
		this.exchange = exchange;
		this.self = self;
		this.channels = channels;
		this.counters = counters;
	}

	/**
	 * Begin a message.
	 * @param kind a constant of {@link Envelope}
	 * @param expected about how many bytes follow
	 */
	WireWriter begin(int kind, int expected) {
		return begin(kind, Map.of(), expected);
	}

	/** As above, with the trace that the message belongs to. */
	WireWriter begin(int kind, Map<String, String> trace, int expected) {
		return Envelope.begin(kind, this.self, this.numbers.getAndIncrement(), trace, expected);
	}

	/** Send to all servers. */
	boolean toAll(WireWriter message) {
		return to(this.channels.all(), message);
	}

	/** Send to one server, which may be this one. */
	boolean toServer(String server, WireWriter message) {
		return to(this.channels.node(server), message);
	}

	/** Send to the servers that have somebody the message is meant for. */
	boolean toThoseWith(Delivery delivery, WireWriter message) {
		if (delivery.to() != null) {
			return toAll(message);
		}
		return to(delivery.room().isEmpty() ? this.channels.namespace(delivery.namespace())
				: this.channels.room(delivery.namespace(), delivery.room()), message);
	}

	private boolean to(String channel, WireWriter message) {
		if (this.exchange.publish(channel, message.toBytes())) {
			this.counters.published.increment();
			return true;
		}
		this.counters.refused.increment();
		return false;
	}

}
