package io.neffos.nio;

import java.time.Duration;

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
}
