package io.neffos.server;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.neffos.Exclude;
import io.neffos.NSConn;
import io.neffos.engine.EngineConn;
import io.neffos.engine.Member;
import io.neffos.engine.Wakes;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections of this server and sends to them: the one way in which messages reach
 * members, whether they were broadcast here or on another server.
 *
 * @param namespaces who is where, by namespace
 * @param table everybody by id
 * @param observer is told how many a message was queued for
 */
record LocalReach(Map<String, NamespaceIndex> namespaces, ConnTable table, NeffosObserver observer) {

	/** Whether anybody may be meant. Cheap, and out of date the moment it is told. */
	boolean hasAnybody(String namespace, String room, @Nullable String to) {
		if (to != null) {
			return !this.table.get(to).isEmpty();
		}
		Group group = group(namespace, room);
		return group != null && group.size() > 0;
	}

	/** Send a message to those it is meant for. Never blocks. */
	void send(String namespace, String room, @Nullable String to, Exclude exclude, WireFrame frame) {
		int count = 0;
		if (to != null) {
			for (Member member : withId(namespace, room, to)) {
				if (!exclude.excludes(member.engineConn())) {
					Wakes wakes = new Wakes();
					count += member.enqueue(frame, wakes) ? 1 : 0;
					wakes.run();
				}
			}
		}
		else {
			Group group = group(namespace, room);
			count = (group != null) ? group.send(frame, exclude) : 0;
		}
		this.observer.sent(namespace, count);
	}

	/** Who is meant, as of now. */
	Set<Member> candidates(String namespace, String room, @Nullable String to, Exclude exclude) {
		Group group = (to == null) ? group(namespace, room) : null;
		List<Member> found = (to != null) ? withId(namespace, room, to)
				: (group != null) ? group.snapshot() : List.of();
		Set<Member> result = new LinkedHashSet<>();
		for (Member member : found) {
			if (!exclude.excludes(member.engineConn())) {
				result.add(member);
			}
		}
		return result;
	}

	private @Nullable Group group(String namespace, String room) {
		NamespaceIndex index = this.namespaces.get(namespace);
		if (index == null) {
			return null;
		}
		return room.isEmpty() ? index.everybody() : index.room(room);
	}

	private List<Member> withId(String namespace, String room, String id) {
		List<Member> result = new ArrayList<>();
		for (EngineConn conn : this.table.get(id)) {
			NSConn ns = conn.namespace(namespace);
			if (ns != null && (room.isEmpty() || ns.room(room) != null)) {
				result.add((Member) ns);
			}
		}
		return result;
	}

}
