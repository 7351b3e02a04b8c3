package io.neffos.benchmark;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One load on one server.
 *
 * @param scenario what was asked
 * @param peer who was asked
 * @param round in which round
 * @param measured what the load generator reported, or {@code null} when it failed
 * @param failure why it failed, else empty
 */
record Run(Scenario scenario, Peer peer, int round, @Nullable JsonNode measured, String failure) {

}
