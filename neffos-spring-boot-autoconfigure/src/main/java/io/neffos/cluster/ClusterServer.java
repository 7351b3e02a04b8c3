package io.neffos.cluster;

import java.time.Duration;

/**
 * A server as another one sees it.
 *
 * @param id the id of its node, another one after each start
 * @param name its name; empty until it has told it
 * @param age how long ago it was heard; zero for the own one
 * @param connections how many connections it has
 * @param own whether it is this server
 */
record ClusterServer(String id, String name, Duration age, int connections, boolean own) {
}
