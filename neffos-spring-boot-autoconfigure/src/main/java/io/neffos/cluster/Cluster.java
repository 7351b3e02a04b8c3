package io.neffos.cluster;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.StackExchange;
import io.neffos.observe.ClusterStats;
import io.neffos.observe.Tracing;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * This server's part in its cluster: what it tells others, and what it knows of them.
 * <p>
 * A server delivers to its own connections by itself and tells others, so that the broker
 * may be away without its own members noticing; what comes back of its own is ignored.
 * Safe for concurrent use; nothing blocks but {@link #start} and {@link #close}.
 *
 * @since 0.1.0
 */
public final class Cluster implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Cluster.class);

	/** Parts of a lease: how often an echo is sent, and how long one may take. */
	private static final int ECHOES = 6;

	private final String id = HexFormat.of().formatHex(randomBytes());

	private final StackExchange exchange;

	private final ClusterSettings settings;

	private final ScheduledExecutorService timer;

	private final Channels channels;

	private final StandingChannels standing;

	private final RoomChannels rooms;

	private final ClusterView view;

	private final EventQueue events;

	private final Inbox inbox;

	private final Post post;

	private final Travel travel;

	private final Senders senders = new Senders();

	private final Calls calls;

	private final Echo echo;

	private final Counters counters = new Counters();

	private final AtomicLong callNumbers = new AtomicLong();

	private final LocalRooms own;

	private final ClusterStats stats;

	/** Timer only. */
	private long nextEcho = System.nanoTime();

	private volatile @Nullable Future<?> ticks;

	/**
	 * Create the part of a server that has not started.
	 * @param exchange what reaches the others, not started
	 * @param settings how servers are one
	 * @param timer what looks after leases and digests
	 * @param namespaces the namespaces the server has
	 * @param host the server
	 * @param tracing what continues traces on other servers
	 */
	public Cluster(StackExchange exchange, ClusterSettings settings, ScheduledExecutorService timer,
			Collection<String> namespaces, ClusterHost host, Tracing tracing) {
		this.exchange = exchange;
		this.settings = settings;
		this.timer = timer;
		this.channels = new Channels(settings.prefix());
		this.standing = StandingChannels.of(this.channels, this.id, List.copyOf(namespaces));
		this.rooms = new RoomChannels(exchange);
		this.events = new EventQueue(host);
		this.view = new ClusterView(ViewSettings.of(this.id, settings.serverName(), settings.lease()), System::nanoTime,
				System.currentTimeMillis(), this.events::add);
		this.post = new Post(exchange, this.id, this.channels, this.counters);
		this.travel = new Travel(tracing);
		this.calls = new Calls(timer);
		this.echo = new Echo(System::nanoTime, settings.lease().dividedBy(ECHOES));
		this.inbox = new Inbox(this, host, this.calls, this.echo, this.counters, this.travel);
		this.own = new LocalFigures(host, List.copyOf(namespaces));
		this.stats = new ClusterFigures(exchange, this.echo, this.counters, this.standing, this.rooms, this.view, host);
	}

	/** It is part of names of channels, so it is short; 96 random bits do not repeat. */
	private static byte[] randomBytes() {
		byte[] bytes = new byte[12];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

	/**
	 * Meet the others. Blocks as the exchange does.
	 * @throws ExchangeException if the broker cannot be reached
	 */
	public void start() {
		try {
			this.exchange.start(this.inbox);
			this.standing.subscribe(this.exchange);
		}
		catch (RuntimeException ex) {
			this.exchange.close();
			throw ex;
		}
		this.ticks = this.timer.scheduleWithFixedDelay(this::tick, 0, this.settings.digestInterval().toNanos(),
				TimeUnit.NANOSECONDS);
		logger.info("Server " + this.settings.serverName() + " is in a cluster [id=" + this.id + ", exchange="
				+ this.exchange.details() + "]");
	}

	private void tick() {
		try {
			tickSafely();
		}
		catch (RuntimeException ex) {
			// A timer that is told of it would never call again.
			logger.error("A digest failed", ex);
		}
	}

	private void tickSafely() {
		tell(this.view.tick(this.own));
		this.events.tell();
		long now = System.nanoTime();
		if (now - this.nextEcho >= 0 && this.exchange.isAvailable()) {
			this.nextEcho = now + this.settings.lease().toNanos() / ECHOES;
			this.post.toServer(this.id, this.post.begin(Envelope.ECHO, 10).number(this.echo.sent()));
		}
		this.senders.forget(now, 2 * this.settings.lease().toNanos());
		if (this.calls.size() > 0) {
			this.calls.retain(Set.copyOf(this.view.known().others()));
		}
	}

	private void tell(List<Outgoing> messages) {
		for (Outgoing message : messages) {
			byte[] content = message.message().encode();
			WireWriter writer = this.post.begin(Envelope.DIGEST, content.length + 1)
				.octet(message.message().kind().number())
				.rest(content);
			String to = message.to();
			if (to != null) {
				this.post.toServer(to, writer);
			}
			else {
				this.post.toAll(writer);
			}
		}
	}

	/** Another server says who it has. */
	void digest(String server, WireReader content) {
		this.view.received(server, ClusterMessage.Kind.of(content.octet()).decode(content.rest()));
		this.events.tell();
	}

	boolean isNew(String server, long number) {
		return this.senders.isNew(server, number, System.nanoTime());
	}

	void available() {
		if (this.counters.connects.getAndIncrement() > 0) {
			logger.info("The broker is back; " + this.counters.refused.sum() + " messages for other servers were "
					+ "refused and " + this.counters.lost.sum() + " lost since the start");
		}
		this.echo.forget();
		this.view.connectionBack();
	}

	void unavailable(String reason) {
		logger.warn("The broker is not reached (" + reason + "): members of this server still get its broadcasts, "
				+ "those of others do not; what cannot be sent is counted");
		this.echo.forget();
		this.view.connectionLost();
	}

	/**
	 * A room has its first member here: listen to what others send to it.
	 * @param namespace the namespace
	 * @param room the room
	 * @return completes, and does not fail, when what others send arrives, or when the
	 * broker is away and nothing can
	 */
	public CompletableFuture<?> roomOpened(String namespace, String room) {
		CompletableFuture<@Nullable Void> active = this.rooms.acquire(this.channels.room(namespace, room));
		if (!this.stats.isAvailable()) {
			return CompletableFuture.completedFuture(null);
		}
		return active.exceptionally((failure) -> null);
	}

	/**
	 * A room has lost its last member here. Follows {@link #roomOpened} for the same
	 * room, perhaps also that of its next life.
	 * @param namespace the namespace
	 * @param room the room
	 */
	public void roomClosed(String namespace, String room) {
		this.rooms.release(this.channels.room(namespace, room));
	}

	/**
	 * The size of a room has changed here.
	 * @param namespace the namespace
	 * @param room the room
	 * @param created whether it has just come into being here
	 */
	public void roomChanged(String namespace, String room, boolean created) {
		this.view.dirty(namespace, room, created);
	}

	/**
	 * Send a message to connections of other servers, at most once. Never blocks.
	 * @param delivery the message and who is meant
	 * @return {@code false} if it was dropped at once
	 */
	public boolean publish(Delivery delivery) {
		if (!this.exchange.isAvailable()) {
			this.counters.refused.increment();
			return false;
		}
		return this.travel.depart(delivery, (trace) -> {
			WireWriter writer = this.post.begin(Envelope.DELIVERY, trace, delivery.expectedSize());
			delivery.write(writer);
			return this.post.toThoseWith(delivery, writer);
		});
	}

	/**
	 * Have other servers do something.
	 * @param call what
	 * @param server the only server that is meant, or {@code null} for all others
	 * @param decides whether an outcome ends the call before all have said theirs
	 * @return completes with what was said, which is nothing if there is nobody or the
	 * broker is away; fails with {@code AskTimeoutException} when the time is over
	 */
	public CompletableFuture<List<Outcome>> call(Call call, @Nullable String server, Predicate<Outcome> decides) {
		Collection<String> servers = (server != null) ? List.of(server) : this.view.known().others();
		if (servers.isEmpty() || !this.exchange.isAvailable()) {
			return CompletableFuture.completedFuture(List.of());
		}
		return this.travel.depart(call, (trace) -> send(call, trace, server, servers, decides));
	}

	private CompletableFuture<List<Outcome>> send(Call call, Map<String, String> trace, @Nullable String server,
			Collection<String> servers, Predicate<Outcome> decides) {
		long number = this.callNumbers.incrementAndGet();
		CompletableFuture<List<Outcome>> result = this.calls.expect(number, servers, decides, call.timeout(), () -> {
			if (call.kind() == Call.Kind.ASK) {
				this.post.toAll(this.post.begin(Envelope.OVER, 10).number(number));
			}
		});
		WireWriter writer = this.post.begin(Envelope.CALL, trace, call.target().expectedSize() + 32).number(number);
		call.write(writer);
		if (!((server != null) ? this.post.toServer(server, writer) : this.post.toAll(writer))) {
			this.calls.abandon(number);
		}
		return result;
	}

	/** What became of a call of another server. */
	void answer(String server, long number, Outcome outcome) {
		WireWriter writer = this.post.begin(Envelope.OUTCOME, outcome.body().length + 32).number(number);
		outcome.write(writer);
		this.post.toServer(server, writer);
	}

	/**
	 * What tells this server from all others.
	 * @return its id, new with each start
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Which other servers have members of a room.
	 * @param namespace the namespace
	 * @param room the room
	 * @return their ids
	 */
	public Collection<String> serversWith(String namespace, String room) {
		return this.view.known().nodesWith(namespace, room);
	}

	/**
	 * How many members a room has on other servers.
	 * @param namespace the namespace
	 * @param room the room
	 * @return the count
	 */
	public int remoteSize(String namespace, String room) {
		return this.view.known().remoteSize(namespace, room);
	}

	/**
	 * The rooms that have members on other servers.
	 * @param namespace the namespace
	 * @return their names
	 */
	public Collection<String> remoteRooms(String namespace) {
		return this.view.known().rooms(namespace);
	}

	/**
	 * How many rooms have members on other servers, but for some. Looks at each room.
	 * @param namespace the namespace
	 * @param without the rooms that are not to be counted
	 * @return the count
	 */
	public int remoteRoomCount(String namespace, Predicate<String> without) {
		return this.view.known().roomCount(namespace, without);
	}

	/**
	 * How many connections other servers have.
	 * @return the count
	 */
	public int remoteConnections() {
		return this.view.known().remoteConnections();
	}

	/**
	 * How many connections other servers have in a namespace.
	 * @param namespace the namespace
	 * @return the count
	 */
	public int remoteConnections(String namespace) {
		return this.view.known().remoteConnections(namespace);
	}

	/**
	 * How this server does.
	 * @return the figures
	 */
	public ClusterStats stats() {
		return this.stats;
	}

	/** Say good-bye and leave the broker. Waits as the exchange does. */
	@Override
	public void close() {
		Future<?> running = this.ticks;
		if (running != null) {
			running.cancel(false);
		}
		tell(this.view.leave());
		this.exchange.close();
		this.calls.close();
	}

}
