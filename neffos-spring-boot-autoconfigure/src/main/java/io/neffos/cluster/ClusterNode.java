package io.neffos.cluster;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What a view knows of one server but for its rooms. Written under the lock of the view,
 * read by anybody.
 */
final class ClusterNode {

	private final String id;

	private final long hash;

	private final ConcurrentMap<String, Integer> namespaces = new ConcurrentHashMap<>();

	private volatile String name = "";

	private volatile int connections;

	private volatile long heardAt;

	private volatile boolean ready;

	private int rooms;

	ClusterNode(String id, long now) {
		this.id = id;
		this.hash = Rendezvous.hash(id);
		this.heardAt = now;
	}

	String id() {
		return this.id;
	}

	/** What its weights are made of. */
	long hash() {
		return this.hash;
	}

	String name() {
		return this.name;
	}

	void name(String newName) {
		this.name = newName;
	}

	int connections() {
		return this.connections;
	}

	void connections(int count) {
		this.connections = count;
	}

	int connections(String namespace) {
		return this.namespaces.getOrDefault(namespace, 0);
	}

	/** The counts of the namespaces that have connections. */
	ConcurrentMap<String, Integer> namespaces() {
		return this.namespaces;
	}

	void namespace(String namespace, int count) {
		if (count > 0) {
			this.namespaces.put(namespace, count);
		}
		else {
			this.namespaces.remove(namespace);
		}
	}

	long heardAt() {
		return this.heardAt;
	}

	void heardAt(long now) {
		this.heardAt = now;
	}

	/** Whether it takes its share of telling the life of rooms. */
	boolean isReady() {
		return this.ready;
	}

	void ready(boolean isReady) {
		this.ready = isReady;
	}

	/** In how many rooms it has a part; only under the lock. */
	int rooms() {
		return this.rooms;
	}

	void addRooms(int more) {
		this.rooms += more;
	}

}
