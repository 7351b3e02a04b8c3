package io.neffos.cluster;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.neffos.ServerInfo;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.StackExchange;
import io.neffos.observe.ClusterStats;
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
public final class Cluster implements ClusterStats, AutoCloseable {

	private static final Log logger = LogFactory.getLog(Cluster.class);

	/** How long the start waits for the broker to confirm what is listened to. */
	private static final Duration START = Duration.ofSeconds(30);

	/** Parts of a lease: how often an echo is sent, and how long one may take. */
	private static final int ECHOES = 6;

	private final String id = HexFormat.of().formatHex(randomBytes());

	private final StackExchange exchange;

	private final ClusterSettings settings;

	private final ScheduledExecutorService timer;

	private final ClusterHost host;

	private final List<String> namespaces;

	private final Channels channels;

	private final RoomChannels rooms;

	private final ClusterView view;

	private final Senders senders = new Senders();

	private final Calls calls;

	private final Echo echo;

	private final Counters counters = new Counters();

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicLong callNumbers = new AtomicLong();

	/** What the view wants the application to be told, which happens outside its lock. */
	private final Queue<RoomEvent> events = new ConcurrentLinkedQueue<>();

	/** Who tells them, and who came meanwhile. */
	private final AtomicInteger telling = new AtomicInteger();

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
	 */
	public Cluster(StackExchange exchange, ClusterSettings settings, ScheduledExecutorService timer,
			Collection<String> namespaces, ClusterHost host) {
		this.exchange = exchange;
		this.settings = settings;
		this.timer = timer;
		this.namespaces = List.copyOf(namespaces);
		this.host = host;
		this.channels = new Channels(settings.prefix());
		this.rooms = new RoomChannels(exchange);
		this.view = new ClusterView(ViewSettings.of(this.id, settings.serverName(), settings.lease()), System::nanoTime,
				System.currentTimeMillis(), this.events::add);
		this.calls = new Calls(timer);
		this.echo = new Echo(System::nanoTime, settings.lease().dividedBy(ECHOES));
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
			this.exchange.start(new Inbox(this, this.host, this.calls, this.echo, this.counters));
			awaitSubscribed();
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

	private void awaitSubscribed() {
		List<CompletableFuture<?>> subscribed = new ArrayList<>();
		subscribed.add(this.exchange.subscribe(this.channels.all()));
		subscribed.add(this.exchange.subscribe(this.channels.node(this.id)));
		for (String namespace : this.namespaces) {
			subscribed.add(this.exchange.subscribe(this.channels.namespace(namespace)));
		}
		if (!this.exchange.isAvailable()) {
			// It was told to start without a broker, and tells when there is one.
			return;
		}
		try {
			CompletableFuture.allOf(subscribed.toArray(new CompletableFuture<?>[0]))
				.get(START.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ExchangeException("Interrupted while the broker was waited for", ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw new ExchangeException(
					"The broker does not let this server subscribe: " + ((cause != null) ? cause.getMessage() : ex),
					ex);
		}
		catch (TimeoutException ex) {
			throw new ExchangeException("The broker did not confirm what was subscribed within " + START, ex);
		}
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
		tell(this.view.tick(new LocalFigures(this.host, this.namespaces)));
		tellEvents();
		long now = System.nanoTime();
		if (now - this.nextEcho >= 0 && this.exchange.isAvailable()) {
			this.nextEcho = now + this.settings.lease().toNanos() / ECHOES;
			WireWriter writer = Envelope.begin(Envelope.ECHO, this.id, this.numbers.getAndIncrement(), 10);
			writer.number(this.echo.sent());
			publish(this.channels.node(this.id), writer);
		}
		this.senders.forget(now, 2 * this.settings.lease().toNanos());
		if (this.calls.size() > 0) {
			this.calls.retain(others());
		}
	}

	private void tell(List<Outgoing> messages) {
		for (Outgoing message : messages) {
			byte[] content = message.message().encode();
			WireWriter writer = Envelope.begin(Envelope.DIGEST, this.id, this.numbers.getAndIncrement(),
					content.length + 1);
			writer.octet(message.message().kind().number()).rest(content);
			String to = message.to();
			publish((to != null) ? this.channels.node(to) : this.channels.all(), writer);
		}
	}

	/** By one thread at a time, so that the order of the view is kept. */
	private void tellEvents() {
		if (this.events.isEmpty() || this.telling.getAndIncrement() > 0) {
			return;
		}
		do {
			for (RoomEvent event = this.events.poll(); event != null; event = this.events.poll()) {
				tell(event);
			}
		}
		while (this.telling.decrementAndGet() > 0);
	}

	private void tell(RoomEvent event) {
		if (event.created()) {
			this.host.roomCreated(event.namespace(), event.room());
		}
		else {
			this.host.roomDestroyed(event.namespace(), event.room());
		}
	}

	/** Another server says who it has. */
	void digest(String server, WireReader content) {
		this.view.received(server, ClusterMessage.Kind.of(content.octet()).decode(content.rest()));
		tellEvents();
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
		if (!isAvailable()) {
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
		WireWriter writer = Envelope.begin(Envelope.DELIVERY, this.id, this.numbers.getAndIncrement(),
				delivery.expectedSize());
		delivery.write(writer);
		return publish(channel(delivery), writer);
	}

	private String channel(Delivery delivery) {
		if (delivery.to() != null) {
			return this.channels.all();
		}
		return delivery.room().isEmpty() ? this.channels.namespace(delivery.namespace())
				: this.channels.room(delivery.namespace(), delivery.room());
	}

	private boolean publish(String channel, WireWriter writer) {
		if (this.exchange.publish(channel, writer.toBytes())) {
			this.counters.published.increment();
			return true;
		}
		this.counters.refused.increment();
		return false;
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
		Set<String> servers = (server != null) ? Set.of(server) : others();
		if (servers.isEmpty() || !this.exchange.isAvailable()) {
			return CompletableFuture.completedFuture(List.of());
		}
		long number = this.callNumbers.incrementAndGet();
		CompletableFuture<List<Outcome>> result = this.calls.expect(number, servers, decides, call.timeout());
		WireWriter writer = Envelope.begin(Envelope.CALL, this.id, this.numbers.getAndIncrement(),
				call.target().expectedSize() + 32);
		call.write(writer.number(number));
		if (!publish((server != null) ? this.channels.node(server) : this.channels.all(), writer)) {
			this.calls.abandon(number);
		}
		return result;
	}

	/** What became of a call of another server. */
	void answer(String server, long number, Outcome outcome) {
		WireWriter writer = Envelope.begin(Envelope.OUTCOME, this.id, this.numbers.getAndIncrement(),
				outcome.body().length + 32);
		outcome.write(writer.number(number));
		publish(this.channels.node(server), writer);
	}

	private Set<String> others() {
		Set<String> result = new HashSet<>();
		for (ClusterServer server : this.view.servers()) {
			if (!server.own()) {
				result.add(server.id());
			}
		}
		return result;
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
		return this.view.nodesWith(namespace, room);
	}

	/**
	 * How many members a room has on other servers.
	 * @param namespace the namespace
	 * @param room the room
	 * @return the count
	 */
	public int remoteSize(String namespace, String room) {
		return this.view.remoteSize(namespace, room);
	}

	/**
	 * The rooms that have members on other servers.
	 * @param namespace the namespace
	 * @return their names
	 */
	public Collection<String> remoteRooms(String namespace) {
		return this.view.rooms(namespace);
	}

	/**
	 * How many connections other servers have.
	 * @return the count
	 */
	public int remoteConnections() {
		return this.view.remoteConnections();
	}

	/**
	 * How many connections other servers have in a namespace.
	 * @param namespace the namespace
	 * @return the count
	 */
	public int remoteConnections(String namespace) {
		return this.view.remoteConnections(namespace);
	}

	@Override
	public boolean isAvailable() {
		return this.exchange.isAvailable() && !this.echo.isSilent();
	}

	@Override
	public long published() {
		return this.counters.published.sum();
	}

	@Override
	public long delivered() {
		return this.counters.delivered.sum();
	}

	@Override
	public long refused() {
		return this.counters.refused.sum();
	}

	@Override
	public long lost() {
		return this.counters.lost.sum();
	}

	@Override
	public long overrun() {
		return this.counters.overrun.sum();
	}

	@Override
	public long ignored() {
		return this.counters.ignored.sum() + this.view.ignored();
	}

	@Override
	public long reconnects() {
		return Math.max(0, this.counters.connects.get() - 1);
	}

	@Override
	public int subscriptions() {
		return this.rooms.size() + this.namespaces.size() + 2;
	}

	@Override
	public int servers() {
		return this.view.servers().size();
	}

	@Override
	public @Nullable Duration lastRoundTrip() {
		return this.echo.roundTrip();
	}

	@Override
	public List<ServerInfo> liveServers() {
		return this.view.servers()
			.stream()
			.map((server) -> new ServerInfo(server.id(), server.name(), server.age(),
					server.own() ? this.host.connections() : server.connections(), server.own()))
			.toList();
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

	/**
	 * What this server has, for the view.
	 *
	 * @param host the server
	 * @param all its namespaces
	 */
	private record LocalFigures(ClusterHost host, List<String> all) implements LocalRooms {

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

}
