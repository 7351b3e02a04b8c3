package io.neffos.nio;

import java.time.Duration;
import java.util.List;

/**
 * Bounds of every socket.
 *
 * @param maxMessageSize bytes of an incoming message
 * @param sendTimeout how long the network may take nothing while something waits
 * @param receiveTimeout how long a message may take to arrive, from its first byte to its
 * last
 * @param closeTimeout how long the peer has to answer a close frame
 * @param heartbeat how long a peer may be silent before it is pinged, and how long it
 * then has to say anything; 0 for no heartbeat
 */
public record StreamSettings(int maxMessageSize, Duration sendTimeout, Duration receiveTimeout, Duration closeTimeout,
		Duration heartbeat) {

	private static final Duration SHORTEST_SWEEP = Duration.ofMillis(20);

	private static final Duration LONGEST_SWEEP = Duration.ofSeconds(1);

	/** How often deadlines are looked at: they are that much late, at most. */
	Duration sweepInterval() {
		Duration shortest = LONGEST_SWEEP.multipliedBy(8);
		for (Duration each : List.of(this.sendTimeout, this.receiveTimeout, this.closeTimeout, this.heartbeat)) {
			if (!each.isZero() && each.compareTo(shortest) < 0) {
				shortest = each;
			}
		}
		Duration interval = shortest.dividedBy(8);
		return (interval.compareTo(SHORTEST_SWEEP) < 0) ? SHORTEST_SWEEP : interval;
	}

}
