package io.neffos;

/**
 * A room came into being in the cluster: its first member joined, on whichever server.
 * Published as an application event on one server only. Without an exchange that is the
 * only one, before the member's {@code OnRoomJoined}; with one it is any server, some
 * time after the join (the digest interval and the way through the broker), and a room
 * that comes and goes within that time may not be told of at all. See
 * {@link LocalRoomCreated} for the rooms of one server, of which none is missed.
 *
 * @param namespace the namespace
 * @param room the name of the room
 * @since 0.1.0
 */
public record RoomCreated(String namespace, String room) {
}
