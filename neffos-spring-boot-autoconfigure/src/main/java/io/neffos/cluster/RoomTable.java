package io.neffos.cluster;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The rooms of the cluster by namespace. Written under the lock of the view, read by
 * anybody without it.
 */
final class RoomTable {

	private final ConcurrentMap<String, Rooms> namespaces = new ConcurrentHashMap<>();

	@Nullable RoomState get(String namespace, String room) {
		Rooms rooms = this.namespaces.get(namespace);
		return (rooms != null) ? rooms.byName.get(room) : null;
	}

	/** The room, which is created if need be; {@link #prune} follows. */
	RoomState obtain(String namespace, String room) {
		Rooms rooms = this.namespaces.computeIfAbsent(namespace, Rooms::new);
		return rooms.byName.computeIfAbsent(room, (name) -> new RoomState(rooms.name, name));
	}

	/** Forget a room that nobody has. */
	void prune(RoomState room) {
		Rooms rooms = this.namespaces.get(room.namespace());
		if (rooms != null && room.isEmpty()) {
			rooms.byName.remove(room.name(), room);
			if (rooms.byName.isEmpty()) {
				this.namespaces.remove(room.namespace(), rooms);
			}
		}
	}

	/** Look at each room; the action may change or prune it. */
	void forEach(Consumer<RoomState> action) {
		this.namespaces.values().forEach((rooms) -> rooms.byName.values().forEach(action));
	}

	/** Name the rooms that have members on other servers than one. */
	void eachWithout(String namespace, ClusterNode node, Consumer<String> action) {
		Rooms rooms = this.namespaces.get(namespace);
		if (rooms != null) {
			rooms.byName.forEach((name, room) -> {
				if (room.totalWithout(node) > 0) {
					action.accept(name);
				}
			});
		}
	}

	private static final class Rooms {

		private final String name;

		private final ConcurrentMap<String, RoomState> byName = new ConcurrentHashMap<>();

		Rooms(String name) {
			this.name = name;
		}

	}

}
