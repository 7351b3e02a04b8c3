package io.neffos;

import java.time.Duration;

/**
 * A server of the cluster that is alive, as far as is known.
 *
 * @param id what tells it from all others; new whenever it starts
 * @param name what the application calls it
 * @param age how long ago it was last heard of; never more than the lease, and zero for
 * the server that is asked
 * @param connections how many connections it has
 * @param self whether it is the server that is asked
 * @since 0.1.0
 */
public record ServerInfo(String id, String name, Duration age, int connections, boolean self) {
}
