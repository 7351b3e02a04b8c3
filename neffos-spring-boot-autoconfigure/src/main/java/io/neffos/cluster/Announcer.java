package io.neffos.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this server tells the others: how many messages of changes it has told is its
 * version. Entered under the lock of the view.
 */
final class Announcer {

	/** A third of a lease: two beats may be lost. */
	private static final int BEATS = 3;

	private final ViewSettings settings;

	private final long startedAtMillis;

	private final ClusterNode own;

	private final RoomTable table;

	private final OwnNews news;

	private final FullSender fulls = new FullSender();

	private final Map<String, Integer> changedNamespaces = new LinkedHashMap<>();

	private boolean countChanged;

	private boolean beatIsDue = true;

	private boolean toldReady;

	private boolean helloIsDue;

	private long helloAt;

	private long connectedAt;

	private long beatAt;

	private long version;

	Announcer(ViewSettings settings, long startedAtMillis, ClusterNode own, RoomTable table, OwnNews news) {
		this.settings = settings;
		this.startedAtMillis = startedAtMillis;
		this.own = own;
		this.table = table;
		this.news = news;
	}

	/** Others can be reached, for the first time or again. */
	void connected(long now) {
		this.helloIsDue = true;
		this.connectedAt = now;
		this.beatIsDue = true;
		this.fulls.clear();
	}

	void beatWanted() {
		this.beatIsDue = true;
	}

	void fullWanted(String node) {
		this.beatIsDue = true;
		this.fulls.want(node);
	}

	/** Take over how many connections there are. */
	void counts(int connections, Map<String, Integer> namespaces) {
		this.countChanged |= this.own.connections() != connections;
		this.own.connections(connections);
		for (String name : List.copyOf(this.own.namespaces().keySet())) {
			if (namespaces.getOrDefault(name, 0) == 0) {
				namespace(name, 0);
			}
		}
		namespaces.forEach((name, count) -> {
			if (name.length() <= this.settings.maxNameLength() && this.own.connections(name) != count) {
				namespace(name, count);
			}
		});
	}

	private void namespace(String name, int count) {
		this.own.namespace(name, count);
		this.changedNamespaces.put(name, count);
	}

	/**
	 * What is to be told now.
	 * @param isHeard whether others can be reached; if not, they miss a version and ask
	 * later
	 * @param often whether the others have to learn of a beat in any case
	 */
	List<Outgoing> announce(long now, boolean isHeard, boolean often) {
		List<Outgoing> out = new ArrayList<>();
		List<Changes> changes = changes();
		if (!isHeard) {
			return out;
		}
		if (this.helloIsDue || isToRepeat(now)) {
			this.helloIsDue = false;
			this.helloAt = now;
			out.add(new Outgoing(null, new ClusterMessage.Hello()));
		}
		changes.forEach((next) -> out.add(new Outgoing(null, next)));
		boolean ready = this.own.isReady();
		if (this.beatIsDue || often || ready != this.toldReady
				|| now - this.beatAt >= this.settings.lease().toNanos() / BEATS) {
			this.beatIsDue = false;
			this.toldReady = ready;
			this.beatAt = now;
			out.add(new Outgoing(null, new Beat(this.settings.serverName(), this.startedAtMillis,
					this.own.connections(), this.version, ready)));
		}
		this.fulls.send(out, this::whole);
		return out;
	}

	/** A greeting may be lost: who does not know the others must not act alone. */
	private boolean isToRepeat(long now) {
		return now - this.connectedAt < this.settings.settle().toNanos()
				&& now - this.helloAt >= this.settings.handover().toNanos();
	}

	private List<Changes> changes() {
		List<RoomDigest> rooms = this.news.take(this.table, this.own);
		if (rooms.isEmpty() && this.changedNamespaces.isEmpty() && !this.countChanged) {
			return List.of();
		}
		Digest digest = new Digest(rooms, new LinkedHashMap<>(this.changedNamespaces));
		this.changedNamespaces.clear();
		this.countChanged = false;
		List<Changes> changes = new ArrayList<>();
		for (Digest part : digest.split(ClusterMessage.MAX_BYTES)) {
			changes.add(new Changes(this.version, this.version + 1, this.own.connections(), part));
			this.version++;
		}
		return changes;
	}

	private List<Full> whole() {
		List<RoomDigest> rooms = new ArrayList<>();
		this.table.forEach((room) -> {
			if (room.has(this.own)) {
				rooms.add(new RoomDigest(room.namespace(), room.name(), room.size(this.own),
						room.isToldBy(this.own) ? RoomDigest.TOLD : 0));
			}
		});
		List<Digest> parts = new Digest(rooms, this.own.namespaces()).split(ClusterMessage.MAX_BYTES);
		List<Full> whole = new ArrayList<>();
		for (Digest part : parts) {
			whole.add(new Full(this.version, whole.size(), parts.size(), this.own.connections(), part));
		}
		return whole;
	}

}
