package io.neffos.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this server has, for the view.
 *
 * @param host the server
 * @param all its namespaces
 */
record LocalFigures(ClusterHost host, List<String> all) implements LocalRooms {

	@Override
	public int size(String namespace, String room) {
		return this.host.roomSize(namespace, room);
	}

	@Override
	public int connections() {
		return this.host.connections();
	}

	@Override
	public Map<String, Integer> namespaces() {
		Map<String, Integer> result = new LinkedHashMap<>();
		this.all.forEach((namespace) -> result.put(namespace, this.host.connections(namespace)));
		return result;
	}

}
