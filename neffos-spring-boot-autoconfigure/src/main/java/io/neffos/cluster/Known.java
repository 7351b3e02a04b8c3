package io.neffos.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What this server knows of the others, as of now. Takes no lock.
 *
 * @param own this server
 * @param peers the others, a live view
 * @param table the rooms of all
 * @param clock the time in nanoseconds
 */
record Known(ClusterNode own, Collection<Peer> peers, RoomTable table, LongSupplier clock) {

	/** How many members a room has on other servers. */
	int remoteSize(String namespace, String room) {
		RoomState state = this.table.get(namespace, room);
		return (state != null) ? state.totalWithout(this.own) : 0;
	}

	/** The ids of the other servers that have members of a room. */
	List<String> nodesWith(String namespace, String room) {
		RoomState state = this.table.get(namespace, room);
		return (state != null) ? state.nodesWithout(this.own) : List.of();
	}

	/** The rooms that have members on other servers; looks at each room. */
	List<String> rooms(String namespace) {
		List<String> names = new ArrayList<>();
		this.table.eachWithout(namespace, this.own, names::add);
		return names;
	}

	/**
	 * How many rooms have members on other servers and are none of some others; looks at
	 * each room and keeps nothing.
	 */
	int roomCount(String namespace, Predicate<String> without) {
		int[] count = new int[1];
		this.table.eachWithout(namespace, this.own, (name) -> count[0] += without.test(name) ? 0 : 1);
		return count[0];
	}

	/** How many connections the other servers have. */
	int remoteConnections() {
		return sum(ClusterNode::connections);
	}

	/** As {@link #remoteConnections()}, for one namespace. */
	int remoteConnections(String namespace) {
		return sum((node) -> node.connections(namespace));
	}

	private int sum(ToIntFunction<ClusterNode> connections) {
		long sum = 0;
		for (Peer peer : this.peers) {
			sum += connections.applyAsInt(peer.node());
		}
		return (int) Math.min(sum, Integer.MAX_VALUE);
	}

	/** The servers that live: this one, and the others by their names. */
	List<ClusterServer> servers() {
		long now = this.clock.getAsLong();
		List<ClusterServer> servers = new ArrayList<>();
		for (Peer peer : this.peers) {
			ClusterNode node = peer.node();
			servers.add(new ClusterServer(node.id(), node.name(), Duration.ofNanos(Math.max(0, now - node.heardAt())),
					node.connections(), false));
		}
		servers.sort(Comparator.comparing(ClusterServer::name).thenComparing(ClusterServer::id));
		servers.add(0, new ClusterServer(this.own.id(), this.own.name(), Duration.ZERO, this.own.connections(), true));
		return servers;
	}

	/** The ids of the other servers that live. */
	List<String> others() {
		List<String> ids = new ArrayList<>();
		this.peers.forEach((peer) -> ids.add(peer.node().id()));
		return ids;
	}

}
