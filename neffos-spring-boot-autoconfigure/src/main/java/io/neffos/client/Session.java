package io.neffos.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.Room;

/**
 * What a lost connection had connected and joined, in order. Immutable.
 *
 * @param rooms the rooms by namespace
 */
record Session(Map<String, List<String>> rooms) {

	static final Session EMPTY = new Session(Map.of());

	/** What a connection has connected and joined now. */
	static Session of(Conn conn) {
		Map<String, List<String>> result = new LinkedHashMap<>();
		for (NSConn ns : conn.namespaces()) {
			result.put(ns.namespace(), ns.rooms().stream().map(Room::name).toList());
		}
		return new Session(result);
	}

	/** This, and what another one has besides. */
	Session and(Session other) {
		Map<String, List<String>> result = new LinkedHashMap<>(this.rooms);
		other.rooms.forEach((namespace, more) -> {
			Set<String> all = new LinkedHashSet<>(result.getOrDefault(namespace, List.of()));
			all.addAll(more);
			result.put(namespace, List.copyOf(all));
		});
		return new Session(result);
	}

	/** This without a namespace, or without one of its rooms. */
	Session without(Reconnected.Place place) {
		Map<String, List<String>> result = new LinkedHashMap<>(this.rooms);
		if (place.room().isEmpty()) {
			result.remove(place.namespace());
		}
		else {
			result.computeIfPresent(place.namespace(), (namespace, names) -> {
				List<String> rest = new ArrayList<>(names);
				rest.remove(place.room());
				return rest;
			});
		}
		return new Session(result);
	}

}
