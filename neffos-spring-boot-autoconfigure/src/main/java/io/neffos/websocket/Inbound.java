package io.neffos.websocket;

import io.neffos.transport.MessageParts;

/**
 * What a session of a container leads to, kept among its attributes.
 *
 * @param parts puts messages together
 * @param pulse learns that the peer is alive
 */
record Inbound(MessageParts parts, Pulse pulse) {
}
