package io.neffos;

/**
 * A member of a room, wherever in the cluster it is.
 *
 * @param id the id of its connection
 * @param server the id of its server
 * @since 0.1.0
 */
public record RoomMember(String id, String server) {
}
