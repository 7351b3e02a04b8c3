package io.neffos;

/**
 * A room ceased to exist on this server: its last member on this server left, whatever
 * other servers of the cluster have. {@link RoomDestroyed} tells of the cluster.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @since 0.1.0
 */
public record LocalRoomDestroyed(String namespace, String room) {
}
