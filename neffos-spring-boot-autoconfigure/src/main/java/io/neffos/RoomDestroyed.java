package io.neffos;

/**
 * A room ceased to exist in the cluster: its last member left, or the server it was on
 * has died. Published as an application event on one server only, as {@link RoomCreated}
 * is. See {@link LocalRoomDestroyed} for the rooms of one server.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @since 0.1.0
 */
public record RoomDestroyed(String namespace, String room) {
}
