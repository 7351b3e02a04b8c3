package io.neffos;

/**
 * A room ceased to exist on this server: its last member left. Published as an
 * application event, always after the {@link RoomCreated} it belongs to.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @since 0.1.0
 */
public record RoomDestroyed(String namespace, String room) {
}
