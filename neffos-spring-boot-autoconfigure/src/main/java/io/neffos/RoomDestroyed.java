package io.neffos;

/**
 * A room ceased to exist on this server: its last member left. Published as an
 * application event after that member's {@code OnRoomLeft}.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @since 0.1.0
 */
public record RoomDestroyed(String namespace, String room) {
}
