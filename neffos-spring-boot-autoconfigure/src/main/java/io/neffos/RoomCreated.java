package io.neffos;

/**
 * A room came into being on this server: its first member joined. Published as an
 * application event before that member's {@code OnRoomJoined}.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @since 0.1.0
 */
public record RoomCreated(String namespace, String room) {
}
