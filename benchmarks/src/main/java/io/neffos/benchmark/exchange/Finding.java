package io.neffos.benchmark.exchange;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came out of one load.
 *
 * @param scenario what was asked
 * @param title what that is, for people
 * @param peer who was asked
 * @param round in which round
 * @param figures by what they are and their unit, empty when it failed
 * @param measured what the load generator reported, or {@code null}
 * @param failure why it failed, else empty
 */
record Finding(String scenario, String title, String peer, int round, Map<String, Double> figures,
		@Nullable JsonNode measured, String failure) {

}
