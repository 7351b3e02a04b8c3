package io.neffos.cluster;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Rooms of this server whose sizes have to be looked at. Safe for concurrent use; a mark
 * costs one operation on a concurrent map and allocates only where a room is not marked.
 * <p>
 * Whoever marks has changed the size before. A mark and its removal exclude each other:
 * either the removal comes later, and the size that is read then is the changed one, or
 * the mark stays for the next time. That is why a mark that is there already is written
 * again, not only looked at.
 */
final class DirtyRooms {

	private final ConcurrentMap<String, ConcurrentMap<String, Boolean>> namespaces = new ConcurrentHashMap<>();

	void mark(String namespace, String room, boolean created) {
		ConcurrentMap<String, Boolean> rooms = this.namespaces.get(namespace);
		if (rooms == null) {
			rooms = this.namespaces.computeIfAbsent(namespace, (name) -> new ConcurrentHashMap<>());
		}
		rooms.merge(room, created, Boolean::logicalOr);
	}

	/** Take out all marks, one after the other. */
	void drain(Taker taker) {
		this.namespaces.forEach((namespace, rooms) -> {
			for (String room : rooms.keySet()) {
				Boolean created = rooms.remove(room);
				if (created != null) {
					taker.take(namespace, room, created);
				}
			}
		});
	}

	/** Is given the marks. */
	interface Taker {

		void take(String namespace, String room, boolean created);

	}

}
