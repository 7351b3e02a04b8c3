package io.neffos.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One room of the cluster: which servers have how many members. Written under the lock of
 * the view, read by anybody.
 */
final class RoomState {

	private static final Share[] NONE = {};

	private final String namespace;

	private final String name;

	private volatile Share[] shares = NONE;

	private boolean orphan;

	private boolean outdated;

	RoomState(String namespace, String name) {
		this.namespace = namespace;
		this.name = name;
	}

	String namespace() {
		return this.namespace;
	}

	String name() {
		return this.name;
	}

	/** What decides which server it is given to. */
	long hash() {
		return Rendezvous.hash(this.namespace, this.name);
	}

	/** How many members there are on all servers. */
	int total() {
		return totalWithout(null);
	}

	/** How many members there are on all servers but one. */
	int totalWithout(@Nullable ClusterNode node) {
		long total = 0;
		for (Share share : this.shares) {
			if (share.node() != node) {
				total += share.size();
			}
		}
		return (int) Math.min(total, Integer.MAX_VALUE);
	}

	int size(ClusterNode node) {
		for (Share share : this.shares) {
			if (share.node() == node) {
				return share.size();
			}
		}
		return 0;
	}

	/** The ids of the servers that have members, but for one. */
	List<String> nodesWithout(ClusterNode node) {
		List<String> nodes = new ArrayList<>();
		for (Share share : this.shares) {
			if (share.node() != node && share.size() > 0) {
				nodes.add(share.node().id());
			}
		}
		return nodes;
	}

	boolean has(ClusterNode node) {
		for (Share share : this.shares) {
			if (share.node() == node) {
				return true;
			}
		}
		return false;
	}

	/** Whether a server has told that the room was created, and answers for its end. */
	boolean isToldBy(ClusterNode node) {
		for (Share share : this.shares) {
			if (share.node() == node) {
				return share.told();
			}
		}
		return false;
	}

	/** Whether one of the other servers that have told goes before this one. */
	boolean isToldByOneBefore(ClusterNode own) {
		long hash = hash();
		for (Share share : this.shares) {
			if (share.told() && share.node() != own && Rendezvous.isBefore(share.node(), own, hash)) {
				return true;
			}
		}
		return false;
	}

	boolean isTold() {
		for (Share share : this.shares) {
			if (share.told()) {
				return true;
			}
		}
		return false;
	}

	/** Whether who told that it was created is gone, and nobody took its place yet. */
	boolean isOrphan() {
		return this.orphan;
	}

	void orphan(boolean isOrphan) {
		this.orphan = isOrphan;
	}

	/**
	 * Whether another server has told the end of what was told so far: it knows already
	 * that who told it is gone.
	 */
	boolean isOutdated() {
		return this.outdated;
	}

	void outdated(boolean isOutdated) {
		this.outdated = isOutdated;
	}

	boolean isEmpty() {
		return this.shares.length == 0 && !this.orphan;
	}

	/** Change the part of one server. */
	void put(ClusterNode node, int size, boolean told) {
		Share[] before = this.shares;
		int at = 0;
		while (at < before.length && before[at].node() != node) {
			at++;
		}
		if (size == 0 && !told) {
			if (at < before.length) {
				Share[] after = Arrays.copyOf(before, before.length - 1);
				System.arraycopy(before, at + 1, after, at, before.length - at - 1);
				this.shares = after;
				node.addRooms(-1);
			}
			return;
		}
		Share[] after = Arrays.copyOf(before, Math.max(before.length, at + 1));
		after[at] = new Share(node, size, told);
		this.shares = after;
		node.addRooms(after.length - before.length);
	}

	private record Share(ClusterNode node, int size, boolean told) {
	}

}
