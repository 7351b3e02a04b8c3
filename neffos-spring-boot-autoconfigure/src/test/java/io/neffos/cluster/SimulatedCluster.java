package io.neffos.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers on a network in memory, with a clock of its own: each step is ten milliseconds.
 * Messages between two servers on one channel keep their order, and nothing else does.
 */
final class SimulatedCluster {

	static final Duration LEASE = Duration.ofSeconds(15);

	/** So long a room has to seem empty before its end is told. */
	static final Duration WAIT = ViewSettings.of("", "", LEASE).handover();

	private static final long STEP = Duration.ofMillis(10).toNanos();

	private static final long DIGEST = Duration.ofMillis(250).toNanos();

	final Random random;

	final List<Server> servers = new ArrayList<>();

	/** What was told by whom, for each room, in the order of time. */
	final Map<String, List<Told>> told = new TreeMap<>();

	/** When there was somebody in a room in truth, the last time maybe until now. */
	final Map<String, List<Life>> lives = new TreeMap<>();

	/** What happened to a room in truth, to explain a failure. */
	final Map<String, StringBuilder> log = new TreeMap<>();

	double loss;

	long maxDelay = Duration.ofMillis(100).toNanos();

	private final PriorityQueue<Delivery> network = new PriorityQueue<>(
			Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::number));

	private final Map<String, Long> lastDelivery = new HashMap<>();

	private long now = 1;

	private long number;

	private int started;

	SimulatedCluster(long seed) {
		this.random = new Random(seed);
	}

	Server start() {
		Server server = new Server("node" + this.started++ + "-" + this.random.nextInt(1_000_000));
		this.servers.add(server);
		server.view.connectionBack();
		return server;
	}

	/** Dies without a word, having told everything it did; what it sent still arrives. */
	void crash(Server server) {
		server.tick();
		end(server);
	}

	void leave(Server server) {
		publish(server, server.view.leave());
		end(server);
	}

	private void end(Server server) {
		this.servers.remove(server);
		server.isUp = false;
		names().forEach(this::observe);
	}

	Server any() {
		return this.servers.get(this.random.nextInt(this.servers.size()));
	}

	void run(Duration time) {
		long end = this.now + time.toNanos();
		while (this.now < end) {
			this.now += STEP;
			while (!this.network.isEmpty() && this.network.peek().at() <= this.now) {
				Delivery next = this.network.remove();
				if (next.to().isUp) {
					next.to().view.received(next.from(), next.message());
				}
			}
			for (Server server : List.copyOf(this.servers)) {
				if (this.now >= server.nextTick) {
					server.tick();
				}
			}
		}
	}

	private void publish(Server from, List<Outgoing> messages) {
		for (Outgoing message : messages) {
			byte[] bytes = message.message().encode();
			assertThat(bytes.length).isLessThanOrEqualTo(ClusterMessage.MAX_BYTES);
			for (Server to : this.servers) {
				if (message.to() != null && !message.to().equals(to.id)) {
					continue;
				}
				if (to != from && (to.part != from.part || this.random.nextDouble() < this.loss)) {
					continue;
				}
				String channel = from.id + ">" + to.id + ":" + (message.to() == null);
				long at = Math.max(this.now + (long) (this.random.nextDouble() * this.maxDelay),
						this.lastDelivery.getOrDefault(channel, 0L));
				this.lastDelivery.put(channel, at);
				this.network.add(new Delivery(at, this.number++, from.id, to, message.message().kind().decode(bytes)));
			}
		}
	}

	int truth(String namespace, String room) {
		return this.servers.stream().mapToInt((server) -> server.rooms.size(namespace, room)).sum();
	}

	private int truth(String name) {
		String[] parts = name.split("/", -1);
		return truth(parts[0], parts[1]);
	}

	/** A room may have come to life, or its life may be over. */
	private void observe(String name) {
		List<Life> known = this.lives.computeIfAbsent(name, (key) -> new ArrayList<>());
		boolean wasAlive = !known.isEmpty() && known.get(known.size() - 1).end() == Long.MAX_VALUE;
		boolean isAlive = truth(name) > 0;
		if (isAlive && !wasAlive) {
			known.add(new Life(millis(), Long.MAX_VALUE));
		}
		else if (wasAlive && !isAlive) {
			known.add(new Life(known.remove(known.size() - 1).start(), millis()));
		}
	}

	private long millis() {
		return this.now / 1_000_000;
	}

	/** Everybody knows what is true. */
	void assertThatAllAgree() {
		for (Server server : this.servers) {
			Map<String, Integer> counts = new HashMap<>();
			for (String name : names()) {
				String[] parts = name.split("/", -1);
				int own = server.rooms.size(parts[0], parts[1]);
				int total = truth(parts[0], parts[1]);
				assertThat(server.view.known().remoteSize(parts[0], parts[1])).as("%s at %s", name, server.id)
					.isEqualTo(total - own);
				assertThat(server.view.known().nodesWith(parts[0], parts[1])).as("%s at %s", name, server.id)
					.containsExactlyInAnyOrderElementsOf(this.servers.stream()
						.filter((other) -> other != server && other.rooms.size(parts[0], parts[1]) > 0)
						.map((other) -> other.id)
						.toList());
				assertThat(server.view.known().rooms(parts[0]).contains(parts[1])).isEqualTo(total > own);
				counts.merge(parts[0], (total > own) ? 1 : 0, Integer::sum);
			}
			counts.forEach((namespace, count) -> assertThat(server.view.known().roomCount(namespace, (room) -> false))
				.isEqualTo(count));
			assertThat(server.view.known().remoteConnections()).isEqualTo(this.servers.stream()
				.filter((other) -> other != server)
				.mapToInt((other) -> other.rooms.connections())
				.sum());
			for (String namespace : counts.keySet()) {
				assertThat(server.view.known().remoteConnections(namespace)).isEqualTo(this.servers.stream()
					.filter((other) -> other != server)
					.mapToInt((other) -> other.rooms.namespaces().getOrDefault(namespace, 0))
					.sum());
			}
			assertThat(server.view.known().servers().stream().map(ClusterServer::id))
				.containsExactlyInAnyOrderElementsOf(this.servers.stream().map((other) -> other.id).toList());
			assertThat(server.view.known().servers().stream().map(ClusterServer::name)).doesNotContain("");
		}
	}

	/** Rooms came and went in turn, and the last that was told is true. */
	void assertThatLivesAlternate() {
		for (String name : names()) {
			List<Told> events = this.told.getOrDefault(name, List.of());
			boolean expected = true;
			for (Told event : events) {
				assertThat(event.created()).as("%s: %s", name, events).isEqualTo(expected);
				expected = !expected;
			}
			boolean lives = !expected;
			assertThat(lives).as("%s: %s", name, events).isEqualTo(truth(name) > 0);
		}
	}

	/**
	 * What is told follows what is true: with somebody in a room for so long it was told
	 * to be created and not destroyed since, with nobody in it for so long destroyed and
	 * not created since.
	 */
	void assertThatTruthIsToldWithin(Duration bound) {
		for (String name : names()) {
			List<Life> truths = this.lives.getOrDefault(name, List.of());
			List<Life> told = toldLives(name);
			for (Life life : truths) {
				long from = life.start() + bound.toMillis();
				assertThat(from >= life.end()
						|| told.stream().anyMatch((other) -> other.start() <= from && other.end() >= life.end()))
					.as("%s: %s is told: %s %s", name, life, this.told.get(name), this.log.get(name))
					.isTrue();
			}
			for (Life pause : pauses(truths)) {
				Life quiet = new Life(pause.start() + bound.toMillis(), pause.end());
				assertThat(told).as("%s: nothing in %s: %s", name, pause, this.log.get(name))
					.noneMatch((life) -> quiet.start() < quiet.end() && life.overlaps(quiet));
			}
		}
	}

	/** Also a short life is told, if it comes so long after the one before. */
	void assertThatShortLivesAreToldWithin(Duration bound) {
		for (String name : names()) {
			long before = 0;
			for (Life life : this.lives.getOrDefault(name, List.of())) {
				if (life.start() - before > bound.toMillis()) {
					assertThat(toldLives(name)).as("%s: %s: %s", name, life, this.log.get(name))
						.anyMatch((told) -> told.start() >= life.start()
								&& told.start() <= life.start() + bound.toMillis());
				}
				before = life.end();
			}
			assertThat(countTold(name, true)).as("%s: %s", name, this.told.get(name))
				.isLessThanOrEqualTo(this.lives.getOrDefault(name, List.of()).size());
		}
	}

	/** No room is told to be gone if somebody was in it for the whole wait before. */
	void assertThatNoLifeIsCut() {
		for (String name : names()) {
			List<Life> truths = this.lives.getOrDefault(name, List.of());
			for (Told event : this.told.getOrDefault(name, List.of())) {
				if (!event.created()) {
					Life wait = new Life(event.atMillis() - WAIT.toMillis(), event.atMillis());
					assertThat(truths).as("%s: %s: %s", name, event, this.log.get(name))
						.noneMatch((life) -> life.start() <= wait.start() && life.end() >= wait.end());
				}
			}
		}
	}

	private List<Life> toldLives(String name) {
		List<Life> lives = new ArrayList<>();
		for (Told event : this.told.getOrDefault(name, List.of())) {
			if (event.created()) {
				lives.add(new Life(event.atMillis(), Long.MAX_VALUE));
			}
			else if (!lives.isEmpty()) {
				lives.add(new Life(lives.remove(lives.size() - 1).start(), event.atMillis()));
			}
		}
		return lives;
	}

	private List<Life> pauses(List<Life> lives) {
		List<Life> pauses = new ArrayList<>();
		long start = 0;
		for (Life life : lives) {
			pauses.add(new Life(start, life.start()));
			start = life.end();
		}
		if (start != Long.MAX_VALUE) {
			pauses.add(new Life(start, millis()));
		}
		return pauses;
	}

	Set<String> names() {
		Set<String> names = new TreeSet<>(this.lives.keySet());
		names.addAll(this.told.keySet());
		return names;
	}

	long countTold(String name, boolean created) {
		return this.told.getOrDefault(name, List.of()).stream().filter((event) -> event.created() == created).count();
	}

	/** From one moment to another, in milliseconds. */
	record Life(long start, long end) {

		private boolean overlaps(Life other) {
			return this.start < other.end && other.start < this.end;
		}

	}

	record Told(long atMillis, String by, boolean created) {
	}

	private record Delivery(long at, long number, String from, Server to, ClusterMessage message) {
	}

	/** A server, as far as the view sees it. */
	final class Server {

		final String id;

		final Rooms rooms = new Rooms();

		final ClusterView view;

		int part;

		private boolean isUp = true;

		private long nextTick;

		Server(String id) {
			this.id = id;
			this.view = new ClusterView(ViewSettings.of(id, "server " + id, LEASE), () -> SimulatedCluster.this.now, 0,
					this::tell);
			this.nextTick = SimulatedCluster.this.now + SimulatedCluster.this.random.nextLong(DIGEST);
		}

		private void tell(RoomEvent event) {
			SimulatedCluster.this.told
				.computeIfAbsent(event.namespace() + "/" + event.room(), (name) -> new ArrayList<>())
				.add(new Told(millis(), this.id, event.created()));
		}

		private void tick() {
			this.nextTick += DIGEST;
			publish(this, this.view.tick(this.rooms));
		}

		void join(String namespace, String room) {
			note(namespace, room, '+');
			int size = this.rooms.change(namespace, room, 1);
			this.view.dirty(namespace, room, size == 1);
			observe(namespace + "/" + room);
		}

		private void note(String namespace, String room, char what) {
			SimulatedCluster.this.log.computeIfAbsent(namespace + "/" + room, (name) -> new StringBuilder())
				.append(' ')
				.append(what)
				.append(this.id, 4, this.id.indexOf('-'))
				.append('@')
				.append(millis());
		}

		void leave(String namespace, String room) {
			if (this.rooms.size(namespace, room) > 0) {
				note(namespace, room, '-');
				this.rooms.change(namespace, room, -1);
				this.view.dirty(namespace, room, false);
				observe(namespace + "/" + room);
			}
		}

	}

	/** Rooms and connections of a server; each member has a connection of its own. */
	static final class Rooms implements LocalRooms {

		private final Map<String, Map<String, Integer>> sizes = new LinkedHashMap<>();

		private int change(String namespace, String room, int by) {
			return this.sizes.computeIfAbsent(namespace, (name) -> new LinkedHashMap<>()).merge(room, by, Integer::sum);
		}

		@Override
		public int size(String namespace, String room) {
			return this.sizes.getOrDefault(namespace, Map.of()).getOrDefault(room, 0);
		}

		@Override
		public int connections() {
			return namespaces().values().stream().mapToInt(Integer::intValue).sum();
		}

		@Override
		public Map<String, Integer> namespaces() {
			Map<String, Integer> counts = new HashMap<>();
			this.sizes
				.forEach((name, rooms) -> counts.put(name, rooms.values().stream().mapToInt(Integer::intValue).sum()));
			return counts;
		}

	}

}
