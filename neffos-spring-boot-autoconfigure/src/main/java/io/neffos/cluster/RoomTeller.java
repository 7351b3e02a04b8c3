package io.neffos.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds out which of the servers tells its application that a room came or went. Entered
 * under the lock of the view.
 * <p>
 * A room that nobody has told belongs to the server whose weight for it is the highest
 * among those that are ready. This server tells that it was created, says so in its
 * digest, and from then on answers for the room until it is gone, whoever comes or goes
 * meanwhile; that it is, it believes only after the room has seemed empty for a while. If
 * the server is gone before, its rooms are orphans, which are given away like new ones,
 * but for what was told already.
 * <p>
 * Two servers never tell the same as long as each knows the other: then only one of them
 * finds its own weight to be the highest. That a new server is known everywhere before it
 * tells anything is what {@link Readiness} is for; what ends meanwhile is held, until it
 * is clear that nobody else has told it.
 */
final class RoomTeller {

	/** So many rooms whose end is unclear are held; more than this many are forgotten. */
	private static final int MAX_HELD = 10_000;

	private final ClusterNode own;

	private final Collection<Peer> peers;

	private final RoomTable table;

	private final OwnNews news;

	private final ViewSettings settings;

	private final LongSupplier clock;

	private final Consumer<RoomEvent> events;

	private final Map<RoomKey, Long> held = new LinkedHashMap<>();

	private final Map<RoomKey, Long> doubtful = new LinkedHashMap<>();

	/** Rooms this server answers for that seem to be empty, and when it believes it. */
	private final Map<RoomKey, Long> ending = new LinkedHashMap<>();

	private final Map<RoomState, Long> unclaimed = new LinkedHashMap<>();

	private boolean acting;

	RoomTeller(ClusterNode own, Collection<Peer> peers, RoomTable table, OwnNews news, ViewSettings settings,
			LongSupplier clock, Consumer<RoomEvent> events) {
		this.own = own;
		this.peers = peers;
		this.table = table;
		this.news = news;
		this.settings = settings;
		this.clock = clock;
		this.events = events;
	}

	/** Take the own share, and catch up on what was left alone so far. */
	void start() {
		this.acting = true;
		tick(this.clock.getAsLong());
		judgeAll();
	}

	/** Tell nothing until the next start. */
	void stop() {
		this.acting = false;
		this.held.clear();
		this.doubtful.clear();
		this.ending.clear();
	}

	/** Somebody gives up its share: what it did not tell is for the others. */
	void judgeAll() {
		if (this.acting) {
			this.table.forEach((room) -> judge(room, false));
		}
	}

	/** A server is gone with all that it had. */
	void gone(ClusterNode node) {
		this.table.forEach((room) -> {
			if (room.has(node)) {
				boolean told = room.isToldBy(node);
				room.put(node, 0, false);
				if (told && !room.isTold()) {
					room.orphan(!room.isOutdated());
					room.outdated(false);
				}
			}
			judge(room, false);
			this.table.prune(room);
		});
	}

	/**
	 * The part of a server in a room is another one.
	 * @param before how many members the room had in all
	 * @param isNews whether the server tells for the first time that it answers for it
	 * @param digest what the server tells
	 */
	void changed(RoomState room, int before, boolean isNews, RoomDigest digest) {
		boolean isEmpty = room.total() == 0;
		boolean isEnd = digest.closed() && !digest.told();
		room.outdated(room.isTold() && !isNews && (isEnd || room.isOutdated()));
		if (digest.closed() || digest.told()) {
			this.held.remove(key(room));
			if (digest.closed()) {
				room.orphan(false);
			}
		}
		if (digest.closed() && !isEmpty) {
			// Who answered for it has seen its end, and here somebody is in it: a new
			// life, or the news of the old one are still on their way.
			this.doubtful.put(key(room), this.clock.getAsLong() + this.settings.handover().toNanos());
		}
		boolean shortLived = isEmpty && before == 0 && digest.created() && !digest.closed();
		if (this.acting) {
			judge(room, shortLived);
		}
		else if (isEmpty && !digest.closed() && (shortLived || before > 0)) {
			hold(room);
		}
	}

	private void hold(RoomState room) {
		RoomKey key = key(room);
		if (!room.isTold() && !room.isOrphan() && !this.doubtful.containsKey(key) && this.held.size() < MAX_HELD) {
			this.held.put(key, this.clock.getAsLong() + this.settings.handover().toNanos());
		}
	}

	private void judge(RoomState room, boolean shortLived) {
		if (!this.acting) {
			return;
		}
		if (room.isToldBy(this.own)) {
			room.orphan(false);
			if (room.isToldByOneBefore(this.own)) {
				// Parts of a cluster have come together: one of them answers for it.
				this.ending.remove(key(room));
				claim(room, false);
			}
			else if (room.total() == 0) {
				ends(room, shortLived);
			}
			else {
				this.ending.remove(key(room));
			}
		}
		else if (room.isTold()) {
			room.orphan(false);
		}
		else if (room.total() > 0 || room.isOrphan() || shortLived) {
			give(room);
		}
	}

	/** Nobody answers for the room: this server does if it is given to it. */
	private void give(RoomState room) {
		boolean isEmpty = room.total() == 0;
		if (this.doubtful.containsKey(key(room))) {
			return;
		}
		if (!isOwn(room)) {
			if (isEmpty && room.isOrphan()) {
				this.unclaimed.putIfAbsent(room, this.clock.getAsLong() + this.settings.lease().toNanos());
			}
			return;
		}
		if (!room.isOrphan()) {
			this.held.remove(key(room));
			this.events.accept(new RoomEvent(room.namespace(), room.name(), true));
		}
		room.orphan(false);
		claim(room, true);
		if (isEmpty) {
			ends(room, true);
		}
	}

	private boolean isOwn(RoomState room) {
		long hash = room.hash();
		for (Peer peer : this.peers) {
			if (peer.node().isReady() && Rendezvous.isBefore(peer.node(), this.own, hash)) {
				return false;
			}
		}
		return true;
	}

	private void claim(RoomState room, boolean told) {
		room.put(this.own, room.size(this.own), told);
		this.news.add(room.namespace(), room.name(), 0);
	}

	/**
	 * Nobody seems to be in a room that this server answers for. Servers tell at
	 * different moments: who came before the last one went may be heard of after it, so
	 * that the end is believed only when nothing else is heard for a while.
	 * @param isVisited whether somebody was in it since it seemed so the last time
	 */
	private void ends(RoomState room, boolean isVisited) {
		RoomKey key = key(room);
		if (isVisited) {
			this.ending.remove(key);
		}
		this.ending.putIfAbsent(key, this.clock.getAsLong() + this.settings.handover().toNanos());
	}

	private void destroyed(RoomState room) {
		this.events.accept(new RoomEvent(room.namespace(), room.name(), false));
		room.put(this.own, room.size(this.own), false);
		this.news.add(room.namespace(), room.name(), RoomDigest.CLOSED);
	}

	/** Look at what became due. */
	void tick(long now) {
		due(this.doubtful, now).forEach((key) -> look(key, false));
		if (!this.own.isReady()) {
			due(this.held, now);
		}
		if (!this.acting) {
			return;
		}
		due(this.held, now).forEach((key) -> look(key, true));
		due(this.ending, now).forEach((key) -> {
			RoomState room = this.table.get(key.namespace(), key.room());
			if (room != null && room.isToldBy(this.own) && room.total() == 0) {
				destroyed(room);
				this.table.prune(room);
			}
		});
		// Who they were given to has told it and said so, or is gone itself.
		this.unclaimed.entrySet().removeIf((entry) -> {
			boolean isOver = now - entry.getValue() >= 0;
			if (isOver && entry.getKey().total() == 0) {
				entry.getKey().orphan(false);
				this.table.prune(entry.getKey());
			}
			return isOver || !entry.getKey().isOrphan();
		});
	}

	/** Take out what is over; all wait equally long, so that the oldest is the first. */
	private static List<RoomKey> due(Map<RoomKey, Long> waiting, long now) {
		List<RoomKey> due = new ArrayList<>();
		for (Map.Entry<RoomKey, Long> next : waiting.entrySet()) {
			if (now - next.getValue() < 0) {
				break;
			}
			due.add(next.getKey());
		}
		due.forEach(waiting::remove);
		return due;
	}

	private void look(RoomKey key, boolean shortLived) {
		RoomState room = this.table.obtain(key.namespace(), key.room());
		judge(room, shortLived && room.total() == 0);
		this.table.prune(room);
	}

	private static RoomKey key(RoomState room) {
		return new RoomKey(room.namespace(), room.name());
	}

	private record RoomKey(String namespace, String room) {
	}

}
