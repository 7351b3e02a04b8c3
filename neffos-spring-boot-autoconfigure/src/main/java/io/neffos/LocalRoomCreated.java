package io.neffos;

/**
 * A room came into being on this server: its first member on this server joined, whatever
 * other servers of the cluster have. {@link RoomCreated} tells of the cluster.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @since 0.1.0
 */
public record LocalRoomCreated(String namespace, String room) {
}
