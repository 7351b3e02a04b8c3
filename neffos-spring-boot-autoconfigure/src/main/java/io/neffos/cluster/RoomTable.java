package io.neffos.cluster;

import java.util.ArrayList;
import java.util.List;
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

	/** Change the part of a server, and count the rooms that have members. */
	void put(RoomState room, ClusterNode node, int size, boolean told) {
		boolean wasAlive = room.total() > 0;
		room.put(node, size, told);
		boolean isAlive = room.total() > 0;
		Rooms rooms = this.namespaces.get(room.namespace());
		if (rooms != null && wasAlive != isAlive) {
			rooms.alive(isAlive ? 1 : -1);
		}
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

	/** How many rooms of a namespace have members. */
	int alive(String namespace) {
		Rooms rooms = this.namespaces.get(namespace);
		return (rooms != null) ? rooms.alive : 0;
	}

	/** Names of rooms that have members on other servers than one. */
	List<String> namesWithout(String namespace, ClusterNode node) {
		Rooms rooms = this.namespaces.get(namespace);
		List<String> names = new ArrayList<>();
		if (rooms != null) {
			rooms.byName.forEach((name, room) -> {
				if (room.totalWithout(node) > 0) {
					names.add(name);
				}
			});
		}
		return names;
	}

	private static final class Rooms {

		private final String name;

		private final ConcurrentMap<String, RoomState> byName = new ConcurrentHashMap<>();

		private volatile int alive;

		Rooms(String name) {
			this.name = name;
		}

		/** Called under the lock of the view, so that nothing is lost between. */
		@SuppressWarnings("NonAtomicVolatileUpdate")
		void alive(int more) {
			this.alive += more;
		}

	}

}
