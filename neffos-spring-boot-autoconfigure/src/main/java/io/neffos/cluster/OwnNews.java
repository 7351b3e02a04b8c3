package io.neffos.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the own part of rooms is to be told with the next digest. Entered under the
 * lock of the view.
 */
final class OwnNews {

	private final Map<String, Map<String, Integer>> namespaces = new LinkedHashMap<>();

	/** Tell the size of a room with the next digest, and these flags beside it. */
	void add(String namespace, String room, int flags) {
		this.namespaces.computeIfAbsent(namespace, (name) -> new LinkedHashMap<>())
			.merge(room, flags, (one, other) -> one | other);
	}

	/** Take everything out, with sizes as they are now. */
	List<RoomDigest> take(RoomTable table, ClusterNode own) {
		List<RoomDigest> digests = new ArrayList<>();
		this.namespaces.forEach((namespace, rooms) -> rooms.forEach((room, flags) -> {
			RoomState state = table.get(namespace, room);
			int size = (state != null) ? state.size(own) : 0;
			boolean told = state != null && state.isToldBy(own);
			digests.add(new RoomDigest(namespace, room, size, flags | (told ? RoomDigest.TOLD : 0)));
		}));
		this.namespaces.clear();
		return digests;
	}

}
