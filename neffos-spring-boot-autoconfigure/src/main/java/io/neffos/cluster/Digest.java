package io.neffos.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.neffos.cluster.WireReader.MalformedException;

/**
 * Rooms and namespaces of one server, with their absolute counts. Rooms of one namespace
 * stand together, so that its name is written once.
 *
 * @param rooms the rooms
 * @param namespaces how many connections are in each namespace, 0 for none any more
 */
record Digest(List<RoomDigest> rooms, Map<String, Integer> namespaces) {

	private static final int FLAG_BITS = 3;

	/** What stands around names and in front of the whole, at most. */
	private static final int OVERHEAD = 64;

	private static final int PER_ENTRY = 10;

	void write(WireWriter writer) {
		Map<String, List<RoomDigest>> groups = new LinkedHashMap<>();
		this.rooms.forEach((room) -> groups.computeIfAbsent(room.namespace(), (name) -> new ArrayList<>()).add(room));
		writer.number(groups.size());
		groups.forEach((namespace, members) -> {
			writer.text(namespace).number(members.size());
			members.forEach((room) -> writer.text(room.room()).number((long) room.size() << FLAG_BITS | room.flags()));
		});
		writer.number(this.namespaces.size());
		this.namespaces.forEach((namespace, count) -> writer.text(namespace).number(count));
	}

	static Digest read(WireReader reader) {
		List<RoomDigest> rooms = new ArrayList<>();
		for (int groups = reader.count(); groups > 0; groups--) {
			String namespace = reader.text();
			for (int count = reader.count(); count > 0; count--) {
				rooms.add(room(namespace, reader.text(), reader.number()));
			}
		}
		Map<String, Integer> namespaces = new LinkedHashMap<>();
		for (int count = reader.count(); count > 0; count--) {
			namespaces.put(reader.text(), reader.integer());
		}
		return new Digest(rooms, namespaces);
	}

	private static RoomDigest room(String namespace, String room, long sizeAndFlags) {
		long size = sizeAndFlags >>> FLAG_BITS;
		if (size > Integer.MAX_VALUE) {
			throw new MalformedException("a number is too large");
		}
		return new RoomDigest(namespace, room, (int) size, (int) sizeAndFlags & (1 << FLAG_BITS) - 1);
	}

	static void end(WireReader reader) {
		if (reader.hasMore()) {
			throw new MalformedException("more is there than was expected");
		}
	}

	/**
	 * Parts of which each fits into a message; one at least, if only an empty one.
	 */
	List<Digest> split(int maxBytes) {
		List<Digest> parts = new ArrayList<>();
		Digest part = new Digest(new ArrayList<>(), new LinkedHashMap<>());
		int size = OVERHEAD;
		String namespace = null;
		for (RoomDigest room : this.rooms) {
			int more = length(room.room());
			int name = room.namespace().equals(namespace) ? 0 : length(room.namespace());
			if (size + more + name > maxBytes && !part.rooms.isEmpty()) {
				parts.add(part);
				part = new Digest(new ArrayList<>(), new LinkedHashMap<>());
				size = OVERHEAD;
				name = length(room.namespace());
			}
			part.rooms.add(room);
			namespace = room.namespace();
			size += more + name;
		}
		for (Map.Entry<String, Integer> entry : this.namespaces.entrySet()) {
			int more = length(entry.getKey());
			if (size + more > maxBytes && !(part.rooms.isEmpty() && part.namespaces.isEmpty())) {
				parts.add(part);
				part = new Digest(new ArrayList<>(), new LinkedHashMap<>());
				size = OVERHEAD;
			}
			part.namespaces.put(entry.getKey(), entry.getValue());
			size += more;
		}
		parts.add(part);
		return parts;
	}

	private static int length(String name) {
		int bytes = PER_ENTRY;
		for (int i = 0; i < name.length(); i++) {
			char next = name.charAt(i);
			bytes += (next < 0x80) ? 1 : (next < 0x800) ? 2 : 3;
		}
		return bytes;
	}

}
