package io.neffos.sample;

import java.util.Comparator;
import java.util.List;

import io.neffos.NeffosServer;

/**
 * A room of the chat and how many are in it.
 *
 * @param name the name of the room
 * @param size how many connections have joined
 */
record RoomSize(String name, int size) {

	/** More than anybody reads; visitors can create any number of rooms. */
	private static final int MOST = 100;

	/** The rooms there are, the largest first. */
	static List<RoomSize> listOf(NeffosServer server) {
		return server.rooms("chat")
			.stream()
			.map((room) -> new RoomSize(room.name(), room.size()))
			.filter((room) -> room.size() > 0)
			.sorted(Comparator.comparingInt(RoomSize::size).reversed().thenComparing(RoomSize::name))
			.limit(MOST)
			.toList();
	}

}
