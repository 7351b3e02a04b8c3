package io.neffos.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes over what servers tell of their rooms, within bounds. Entered under the lock of
 * the view.
 */
final class DigestReader {

	private static final int MAX_NAMESPACES = 10_000;

	private final ViewSettings settings;

	private final RoomTable table;

	private final RoomTeller teller;

	private final AtomicLong ignored = new AtomicLong();

	DigestReader(ViewSettings settings, RoomTable table, RoomTeller teller) {
		this.settings = settings;
		this.table = table;
		this.teller = teller;
	}

	/** Something is past a bound. */
	void ignore() {
		this.ignored.incrementAndGet();
	}

	/** How often something was past a bound; read by anybody. */
	long ignored() {
		return this.ignored.get();
	}

	/** Changes of another server, if they follow what is known of it. */
	void take(Peer peer, Changes changes) {
		if (peer.inbox().accept(changes)) {
			apply(peer.node(), changes);
		}
	}

	/** A part of all that another server has; with the last one it is taken over. */
	void take(Peer peer, Full full) {
		List<Digest> whole = peer.inbox().accept(full);
		if (whole == null) {
			return;
		}
		ClusterNode node = peer.node();
		node.connections(full.connections());
		Set<RoomState> present = new HashSet<>();
		Set<String> namespaces = new HashSet<>();
		for (Digest part : whole) {
			for (RoomDigest room : part.rooms()) {
				apply(node, room);
				RoomState state = this.table.get(room.namespace(), room.room());
				if (state != null) {
					present.add(state);
				}
			}
			part.namespaces().forEach((name, count) -> apply(node, name, count));
			namespaces.addAll(part.namespaces().keySet());
		}
		node.namespaces().keySet().retainAll(namespaces);
		this.table.forEach((room) -> {
			if (room.has(node) && !present.contains(room)) {
				apply(node, new RoomDigest(room.namespace(), room.name(), 0, 0));
			}
		});
		peer.inbox().following().forEach((changes) -> apply(node, changes));
	}

	private void apply(ClusterNode node, Changes changes) {
		node.connections(changes.connections());
		changes.digest().rooms().forEach((room) -> apply(node, room));
		changes.digest().namespaces().forEach((name, count) -> apply(node, name, count));
	}

	/** Take over the part of a server in a room; returns whether it is looked at. */
	boolean apply(ClusterNode node, RoomDigest digest) {
		RoomState known = this.table.get(digest.namespace(), digest.room());
		boolean isOver = (known == null || !known.has(node)) && node.rooms() >= this.settings.maxRooms();
		if (isOver || digest.namespace().length() > this.settings.maxNameLength()
				|| digest.room().length() > this.settings.maxNameLength()) {
			ignore();
			return false;
		}
		RoomState room = this.table.obtain(digest.namespace(), digest.room());
		int before = room.total();
		boolean isNews = digest.told() && !room.isToldBy(node);
		room.put(node, digest.size(), digest.told());
		this.teller.changed(room, before, isNews, digest);
		this.table.prune(room);
		return true;
	}

	private void apply(ClusterNode node, String namespace, int count) {
		if (namespace.length() > this.settings.maxNameLength() || (node.namespaces().size() >= MAX_NAMESPACES
				&& count > 0 && !node.namespaces().containsKey(namespace))) {
			ignore();
			return;
		}
		node.namespace(namespace, count);
	}

}
