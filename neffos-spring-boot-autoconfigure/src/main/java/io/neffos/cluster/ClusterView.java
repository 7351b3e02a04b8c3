package io.neffos.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What one server knows of all of them: which are there, and which rooms of which sizes
 * each of them has. Does nothing by itself: a timer calls {@link #tick} once in each
 * digest interval and publishes what it returns, in this order; what arrives is handed to
 * {@link #received}.
 * <p>
 * <b>Staleness.</b> A join or leave on another server, and its number of connections, is
 * seen here after one digest interval, and the time a message takes, at the latest; a
 * message that is lost is noticed by the next one of that server, after a third of a
 * lease at the latest, and repaired within about a second more. A server that dies
 * without a word is seen for one lease and a digest interval more, with all that it had.
 * A server that cannot reach the others sees them for as long, and is alone then.
 * <p>
 * <b>Life of rooms.</b> A room is created when the first of all servers has a member, and
 * destroyed when none is known to have had one for {@link ViewSettings#handover()}, a
 * fifteenth of a lease. Servers publish at different moments, so that who came to one of
 * them before the last member of another went may be heard of after it: a room that
 * somebody was in for all of that time is never told to be destroyed. Who comes meanwhile
 * continues the life of the room, of which nothing is told, and the next end waits anew.
 * What begins and ends within one digest interval is told, both in turn, if the room was
 * destroyed that long before it, and is not noticed otherwise. As long as all servers
 * reach each other, one of them tells each of both, once, in turn; while a server joins,
 * up to a few seconds late, and while the lease of a dead one runs out, rooms that were
 * given to it are told as late as that, or not at all if they live only meanwhile. When
 * it dies before it could say what it told, another one tells it again; when it dies or
 * leaves while it waits, another one waits anew and tells the end. What a server waits
 * for when the last of all leaves is not told. Servers that are cut off from each other
 * for more than a lease are clusters of their own meanwhile: each tells the life of rooms
 * as it sees them. When they come together, one server answers for each room that lives,
 * and its end is told once.
 * <p>
 * <b>Threads.</b> Safe for concurrent use. Queries and {@link #dirty} take no lock.
 * Everything else takes one lock for a short time; only when a server is gone, or is
 * ready to tell, all rooms are looked at under it.
 */
final class ClusterView {

	private final Object lock = new Object();

	private final ViewSettings settings;

	private final LongSupplier clock;

	private final ClusterNode own;

	private final ConcurrentMap<String, Peer> peers = new ConcurrentHashMap<>();

	/** Who said good-bye, and until when messages on their way are not to revive it. */
	private final Map<String, Long> departed = new HashMap<>();

	private final RoomTable table = new RoomTable();

	private final DirtyRooms dirty = new DirtyRooms();

	private final OwnNews news = new OwnNews();

	private final Readiness readiness;

	private final RoomTeller teller;

	private final Announcer announcer;

	private final DigestReader reader;

	private final Known known;

	private volatile boolean connected;

	private boolean closed;

	/**
	 * Create a view that knows only its own server, and does not reach any other.
	 * @param clock the time in nanoseconds, which never runs backwards
	 * @param startedAtMillis when this server was started, for others to show
	 * @param events is told when this server has to tell its application of a room;
	 * called under the lock, in the order that is to be kept: it only queues
	 */
	ClusterView(ViewSettings settings, LongSupplier clock, long startedAtMillis, Consumer<RoomEvent> events) {
		this.settings = settings;
		this.clock = clock;
		long now = clock.getAsLong();
		this.own = new ClusterNode(settings.nodeId(), now);
		this.own.name(settings.serverName());
		this.readiness = new Readiness(settings, now);
		this.teller = new RoomTeller(this.own, this.peers.values(), this.table, this.news, settings, clock, events);
		this.reader = new DigestReader(settings, this.table, this.teller);
		this.announcer = new Announcer(settings, startedAtMillis, this.own, this.table, this.news);
		this.known = new Known(this.own, this.peers.values(), this.table, clock);
	}

	/**
	 * The size of a local room has changed. Costs one operation on a concurrent map.
	 * @param created whether it has just got its first member
	 */
	void dirty(String namespace, String room, boolean created) {
		this.dirty.mark(namespace, room, created);
	}

	/** The others can be reached, for the first time or again. */
	void connectionBack() {
		synchronized (this.lock) {
			long now = this.clock.getAsLong();
			this.connected = true;
			this.readiness.restart(now);
			this.teller.stop();
			this.own.ready(false);
			this.announcer.connected(now);
		}
	}

	/** The others cannot be reached: their leases run out. */
	void connectionLost() {
		synchronized (this.lock) {
			this.connected = false;
		}
	}

	/**
	 * Leave the others: nothing is told from now on.
	 * @return what to publish last
	 */
	List<Outgoing> leave() {
		synchronized (this.lock) {
			if (this.closed || !this.connected) {
				this.closed = true;
				return List.of();
			}
			this.closed = true;
			// What it told since its last digest, so that nobody tells it again.
			List<Outgoing> out = this.announcer.announce(this.clock.getAsLong(), true, false);
			out.add(new Outgoing(null, new ClusterMessage.Bye()));
			return out;
		}
	}

	/**
	 * Look at what changed here, and at whose lease is over.
	 * @param local what this server has
	 * @return what to publish, in this order
	 */
	List<Outgoing> tick(LocalRooms local) {
		synchronized (this.lock) {
			if (this.closed) {
				return List.of();
			}
			long now = this.clock.getAsLong();
			expire(now);
			collect(local);
			boolean acts = this.readiness.update(now, isAnyReady(), isAllKnown());
			this.own.ready(this.readiness.isReady());
			if (acts) {
				this.teller.start();
			}
			this.teller.tick(now);
			List<Outgoing> out = this.announcer.announce(now, this.connected, this.readiness.isHandingOver());
			if (this.connected) {
				this.peers.values().forEach((peer) -> {
					if (peer.asks(now)) {
						out.add(new Outgoing(peer.node().id(), new ClusterMessage.Want()));
					}
				});
			}
			return out;
		}
	}

	private void expire(long now) {
		long lease = this.settings.lease().toNanos();
		this.departed.values().removeIf((until) -> now - until >= 0);
		for (Peer peer : List.copyOf(this.peers.values())) {
			if (now - peer.node().heardAt() > lease) {
				remove(peer.node());
			}
		}
	}

	private void remove(ClusterNode node) {
		if (this.peers.remove(node.id()) != null) {
			this.teller.gone(node);
		}
	}

	private void collect(LocalRooms local) {
		this.dirty.drain((namespace, room, created) -> {
			RoomState state = this.table.get(namespace, room);
			int before = (state != null) ? state.size(this.own) : 0;
			int size = local.size(namespace, room);
			boolean shortLived = created && size == 0 && before == 0;
			if (size == before && !shortLived) {
				return;
			}
			boolean told = state != null && state.isToldBy(this.own);
			int flags = shortLived ? RoomDigest.CREATED : 0;
			if (this.reader.apply(this.own,
					new RoomDigest(namespace, room, size, flags | (told ? RoomDigest.TOLD : 0)))) {
				this.news.add(namespace, room, flags);
			}
		});
		this.announcer.counts(local.connections(), local.namespaces());
	}

	private boolean isAnyReady() {
		return this.peers.values().stream().anyMatch((peer) -> peer.node().isReady());
	}

	private boolean isAllKnown() {
		return this.peers.values().stream().noneMatch((peer) -> peer.inbox().isLacking());
	}

	/**
	 * A message of a server arrived.
	 * @param from the id of its node; messages of the own one are ignored
	 */
	void received(String from, ClusterMessage message) {
		synchronized (this.lock) {
			long now = this.clock.getAsLong();
			Peer peer = (this.closed || from.equals(this.own.id())) ? null : peer(from, message, now);
			if (peer == null) {
				return;
			}
			peer.node().heardAt(now);
			if (message instanceof Beat beat) {
				heard(peer, beat);
			}
			else if (message instanceof Changes changes) {
				this.reader.take(peer, changes);
			}
			else if (message instanceof Full full) {
				peer.answered(now);
				this.reader.take(peer, full);
			}
			else if (message instanceof ClusterMessage.Hello) {
				this.announcer.beatWanted();
			}
			else if (message instanceof ClusterMessage.Want) {
				this.announcer.fullWanted(from);
			}
		}
	}

	/** Who sent it; {@code null} if it is not, or not any more, to be looked at. */
	private @Nullable Peer peer(String from, ClusterMessage message, long now) {
		Peer peer = this.peers.get(from);
		if (message instanceof ClusterMessage.Bye) {
			if (peer != null) {
				this.departed.put(from, now + this.settings.lease().toNanos());
				remove(peer.node());
			}
			return null;
		}
		if (peer == null && !this.departed.containsKey(from)) {
			if (this.peers.size() + this.departed.size() >= this.settings.maxServers()
					|| from.length() > this.settings.maxNameLength()) {
				this.reader.ignore();
				return null;
			}
			peer = new Peer(from, now, this.settings.maxRooms());
			this.peers.put(from, peer);
		}
		return peer;
	}

	private void heard(Peer peer, Beat beat) {
		ClusterNode node = peer.node();
		if (beat.name().length() <= this.settings.maxNameLength()) {
			node.name(beat.name());
		}
		node.connections(beat.connections());
		peer.inbox().beat(beat.version());
		boolean givesUp = node.isReady() && !beat.ready();
		node.ready(beat.ready());
		if (givesUp) {
			this.teller.judgeAll();
		}
	}

	/** What is known of the cluster, to be read by anybody. */
	Known known() {
		return this.known;
	}

	/** How much of what others told was not looked at, being past a bound. */
	long ignored() {
		return this.reader.ignored();
	}

}
