package io.neffos.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A message to publish.
 *
 * @param to the node it is for, or {@code null} for all
 * @param message the message
 */
record Outgoing(@Nullable String to, ClusterMessage message) {
}
