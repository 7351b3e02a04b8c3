package io.neffos.cluster;

/**
 * A room came into being in the cluster, or is gone from all of it.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @param created {@code true} if it came, {@code false} if it is gone
 */
record RoomEvent(String namespace, String room, boolean created) {
}
