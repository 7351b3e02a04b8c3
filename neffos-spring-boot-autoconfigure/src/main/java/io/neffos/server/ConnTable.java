package io.neffos.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.engine.EngineConn;

/** Connections by id. Several may share one, and none hides another. */
final class ConnTable {

	private final ConcurrentMap<String, List<EngineConn>> byId = new ConcurrentHashMap<>();

	private final AtomicInteger count = new AtomicInteger();

	void add(EngineConn conn) {
		this.byId.compute(conn.id(), (id, others) -> {
			if (others == null) {
				return List.of(conn);
			}
			List<EngineConn> both = new ArrayList<>(others);
			both.add(conn);
			return List.copyOf(both);
		});
		this.count.incrementAndGet();
	}

	void remove(EngineConn conn) {
		this.byId.computeIfPresent(conn.id(), (id, all) -> {
			List<EngineConn> rest = new ArrayList<>(all);
			if (rest.remove(conn)) {
				this.count.decrementAndGet();
			}
			return rest.isEmpty() ? null : List.copyOf(rest);
		});
	}

	List<EngineConn> get(String id) {
		return this.byId.getOrDefault(id, List.of());
	}

	List<EngineConn> all() {
		List<EngineConn> result = new ArrayList<>();
		this.byId.values().forEach(result::addAll);
		return result;
	}

	int size() {
		return this.count.get();
	}

}
