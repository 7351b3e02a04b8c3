package io.neffos.engine;

import java.time.Duration;

import io.neffos.Events;
import io.neffos.Overflow;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts and bounds of every connection. All values are more than 0 unless said
 * otherwise.
 *
 * @param askTimeout how long an ask waits when nothing else is said
 * @param handshakeTimeout how long a client has for the acknowledgement, from the opening
 * of the socket
 * @param sendTimeout how long one write may take before the peer counts as too slow
 * @param connectGap how long nothing follows the reply to a connect unless the client
 * speaks first in that namespace (protocol section 14.2, J3); 0 to switch it off
 * @param maxFrameSize bytes of an incoming message
 * @param maxNameLength characters of a namespace, room, event or token that comes in
 * @param maxNamespaces namespaces connected on one connection
 * @param maxRooms rooms joined on one connection, over all its namespaces
 * @param maxPendingAsks asks that wait for one connection
 * @param maxInboundQueue messages that wait for the handlers of one connection
 * @param maxInboundBytes bytes of the messages that wait for the handlers of one
 * connection
 * @param maxInboundRate messages a second from one connection, as an average; 0 for no
 * bound
 * @param maxInboundBurst messages that may come at once on top of the rate
 * @param maxOutboxFrames messages that wait to be written to one connection
 * @param maxOutboxBytes bytes that wait to be written to one connection
 * @param overflow what becomes of events past these bounds, in namespaces that choose
 * nothing
 * @param relay whether room messages of events without handler are relayed
 * @param includeErrorMessage whether texts of unexpected exceptions reach the peer
 * @since 0.1.0
 */
public record EngineSettings(Duration askTimeout, Duration handshakeTimeout, Duration sendTimeout, Duration connectGap,
		int maxFrameSize, int maxNameLength, int maxNamespaces, int maxRooms, int maxPendingAsks, int maxInboundQueue,
		int maxInboundBytes, int maxInboundRate, int maxInboundBurst, int maxOutboxFrames, int maxOutboxBytes,
		Overflow overflow, boolean relay, boolean includeErrorMessage) {

	/**
	 * What becomes of events of a namespace past the bounds.
	 * @param events the events of the namespace, or {@code null} if it is not declared
	 * @return the choice of the namespace, or else that of these settings
	 */
	public Overflow overflow(@Nullable Events events) {
		Overflow chosen = (events != null) ? events.overflow() : null;
		return (chosen != null) ? chosen : this.overflow;
	}

	/** What is safe for an application that says nothing. */
	public static final EngineSettings DEFAULTS = new EngineSettings(Duration.ofSeconds(10), Duration.ofSeconds(10),
			Duration.ofSeconds(10), Duration.ofMillis(20), 64 * 1024, 256, 64, 1000, 256, 1024, 1024 * 1024, 1000, 2000,
			4096, 1024 * 1024, Overflow.CLOSE, true, false);

}
