package io.neffos.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.Scope;
import io.neffos.cluster.ClusterSettings;
import io.neffos.engine.EngineSettings;
import io.neffos.exchange.StackExchange;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.server.NeffosServerBuilder;
import io.neffos.test.MemoryDialer;
import io.neffos.test.NeffosTester;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import io.neffos.transport.SocketListener;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server in memory, and clients of it; or, while {@link #inCluster} says so, several
 * servers that are one, whose clients are on each of them in turn.
 */
public final class TestServer implements AutoCloseable {

	/** As in production, except that nothing is held back for clients of Node. */
	public static final EngineSettings SETTINGS = settings(EngineSettings.DEFAULTS).connectGap(Duration.ZERO).build();

	private static final URI ADDRESS = URI.create("ws://localhost/neffos");

	private static final int CLUSTER = 3;

	private static final AtomicInteger PREFIXES = new AtomicInteger();

	private final ExecutorService handlers = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2);

	private final Recorder observer = new Recorder();

	private static volatile @Nullable Supplier<StackExchange> exchanges;

	private static volatile int start;

	/** The first one is the one that tests send from. */
	private final List<DefaultNeffosServer> servers = new ArrayList<>();

	private int clients;

	private final AtomicInteger opened = new AtomicInteger(start);

	public TestServer(Namespaces namespaces) {
		this(namespaces, SETTINGS, (builder) -> builder);
	}

	public TestServer(Namespaces namespaces, EngineSettings settings) {
		this(namespaces, settings, (builder) -> builder);
	}

	public TestServer(Namespaces namespaces, EngineSettings settings, UnaryOperator<NeffosServerBuilder> customizer) {
		this.timer.setRemoveOnCancelPolicy(true);
		Supplier<StackExchange> exchange = exchanges;
		String prefix = "test" + PREFIXES.incrementAndGet();
		for (int i = 0; i < ((exchange != null) ? CLUSTER : 1); i++) {
			NeffosServerBuilder builder = DefaultNeffosServer.builder(namespaces)
				.settings(settings)
				.handlers(this.handlers)
				.timer(this.timer)
				.observer(this.observer);
			if (exchange != null) {
				builder.exchange(exchange.get(), clusterSettings(prefix, "server" + i));
			}
			this.servers.add(customizer.apply(builder).build());
		}
		if (exchange != null) {
			everywhere((server) -> assertThat(server.servers()).hasSize(CLUSTER));
		}
	}

	/**
	 * From now on, each server is a cluster of three.
	 * @param supplier makes an exchange for each of them, or {@code null} for servers of
	 * their own again
	 */
	public static void inCluster(@Nullable Supplier<StackExchange> supplier) {
		inCluster(supplier, 0);
	}

	/**
	 * From now on, each server is a cluster of three.
	 * @param supplier makes an exchange for each of them, or {@code null} for servers of
	 * their own again
	 * @param first the index of the server that the first client is on; each further one
	 * is on the next server
	 */
	public static void inCluster(@Nullable Supplier<StackExchange> supplier, int first) {
		exchanges = supplier;
		start = first;
	}

	/** The number in the prefix {@code testN} of the cluster that was made last. */
	public static int prefixes() {
		return PREFIXES.get();
	}

	/** Settings with which a test needs no patience. */
	public static ClusterSettings clusterSettings(String prefix, String name) {
		return new ClusterSettings(prefix, name, Duration.ofSeconds(5), Duration.ofMillis(20));
	}

	/** A server whose namespaces are built in place. */
	public static TestServer of(Consumer<Namespaces.Builder> customizer) {
		return new TestServer(namespaces(customizer));
	}

	public static Namespaces namespaces(Consumer<Namespaces.Builder> customizer) {
		Namespaces.Builder builder = Namespaces.builder();
		customizer.accept(builder);
		return builder.build();
	}

	public static SettingsBuilder settings(EngineSettings from) {
		return new SettingsBuilder(from);
	}

	public DefaultNeffosServer server() {
		return this.servers.get(0);
	}

	/** All servers of the cluster, which is one without an exchange. */
	public List<DefaultNeffosServer> servers() {
		return this.servers;
	}

	/** The server that the next client is to be on. */
	public DefaultNeffosServer next() {
		return this.servers.get(this.opened.getAndIncrement() % this.servers.size());
	}

	/** The server that a client is on. */
	public DefaultNeffosServer serverOf(WireClient client) {
		return this.servers.stream()
			.filter((server) -> server.connection(client.id()) != null)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * What is true of the cluster is true on each server: at once on a server alone, and
	 * on several as soon as they have told each other.
	 */
	public void everywhere(Consumer<DefaultNeffosServer> assertion) {
		if (this.servers.size() == 1) {
			assertion.accept(server());
			return;
		}
		await().atMost(Duration.ofSeconds(20))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> this.servers.forEach(assertion));
	}

	/** These rooms exist, and no others. */
	public void expectRooms(String namespace, String... names) {
		everywhere((server) -> {
			assertThat(server.rooms(namespace, scope(server))).extracting(RoomInfo::name)
				.containsExactlyInAnyOrder(names);
			assertThat(server.roomCount(namespace, scope(server))).isEqualTo(names.length);
		});
	}

	/** A room has so many members, wherever they are. */
	public void expectSize(String namespace, String room, int size) {
		everywhere((server) -> {
			RoomInfo found = server.room(namespace, room, scope(server));
			assertThat((found != null) ? found.size() : 0).isEqualTo(size);
		});
	}

	/** A server that has closed hears no more of others. */
	private static Scope scope(DefaultNeffosServer server) {
		return server.isClosed() ? Scope.LOCAL : Scope.CLUSTER;
	}

	/** Everybody, on whichever server. */
	public List<Conn> connections() {
		return ofAll(NeffosServer::connections);
	}

	/** Everybody in a namespace, on whichever server. */
	public List<NSConn> connections(String namespace) {
		return ofAll((server) -> server.connections(namespace));
	}

	/** Everybody with an id, on whichever server. */
	public List<Conn> connectionsById(String id) {
		return ofAll((server) -> server.connectionsById(id));
	}

	/** One connection with an id, on whichever server, or {@code null}. */
	public @Nullable Conn connection(String id) {
		List<Conn> found = connectionsById(id);
		return found.isEmpty() ? null : found.get(0);
	}

	/** The members of a room, on whichever server. */
	public List<NSConn> members(String namespace, String room) {
		return ofAll((server) -> {
			RoomInfo found = server.room(namespace, room, Scope.LOCAL);
			return (found != null) ? found.members() : List.of();
		});
	}

	private <T> List<T> ofAll(Function<NeffosServer, List<T>> list) {
		return this.servers.stream().flatMap((server) -> list.apply(server).stream()).toList();
	}

	/**
	 * Wait until what servers have sent to each other has been handed to the connections
	 * it is for: each of them asks the others for something behind it.
	 */
	public void settle() {
		if (this.servers.size() > 1) {
			CompletableFuture<?>[] asked = this.servers.stream()
				.map((server) -> server.remote("nobody").closeAsync(4000, "", Duration.ofSeconds(5)))
				.map((answered) -> answered.handle((done, failure) -> true))
				.toArray(CompletableFuture<?>[]::new);
			CompletableFuture.allOf(asked).join();
		}
	}

	public Recorder observer() {
		return this.observer;
	}

	/** How many timeouts wait; none are left behind by what has ended. */
	public int timers() {
		// What runs all the time is the cluster's, and ends with the server.
		return (int) this.timer.getQueue()
			.stream()
			.filter((task) -> !((RunnableScheduledFuture<?>) task).isPeriodic())
			.count();
	}

	/**
	 * Wait until no timeout waits any more, for less long than they would take to end by
	 * themselves.
	 */
	public void expectNoTimers() {
		await().atMost(Duration.ofSeconds(5)).until(() -> timers() == 0);
	}

	/** A socket with nothing said yet. */
	public WireClient open() {
		this.clients++;
		return open("c" + this.clients);
	}

	public WireClient open(String id) {
		return open(id, Map.of());
	}

	public WireClient open(String id, Map<String, List<String>> headers) {
		return open(next(), id, headers);
	}

	private WireClient open(DefaultNeffosServer server, String id, Map<String, List<String>> headers) {
		FakeSocket socket = new FakeSocket();
		HandshakeInfo handshake = new HandshakeInfo(ADDRESS, headers, null, null, null);
		SocketListener listener = server.open(socket, handshake, id);
		socket.listener(listener);
		return new WireClient(socket, listener, id, this);
	}

	/** A client that is acknowledged and connected. */
	public WireClient client(String... namespaces) {
		return enter(open(), namespaces);
	}

	/** A client that is acknowledged and connected, on the server of another. */
	public WireClient beside(WireClient other, String... namespaces) {
		this.clients++;
		return enter(open(serverOf(other), "c" + this.clients, Map.of()), namespaces);
	}

	private static WireClient enter(WireClient client, String... namespaces) {
		client.ack();
		for (String namespace : namespaces) {
			client.connect(namespace);
		}
		return client;
	}

	/**
	 * Clients without wire; where each is on a server of its own, the tester knows none.
	 */
	public NeffosTester tester() {
		return (this.servers.size() == 1) ? NeffosTester.of(server()) : NeffosTester.at(ADDRESS, new Dialer() {

			@Override
			public CompletableFuture<DialedSocket> dial(DialRequest request) {
				return MemoryDialer.to(next()).dial(request);
			}

			@Override
			public CompletableFuture<Void> probe(DialRequest request) {
				return MemoryDialer.to(server()).probe(request);
			}

		});
	}

	/**
	 * The servers close: when this returns, the handlers of the end of all connections
	 * have run.
	 */
	public void stop() {
		this.servers.forEach(DefaultNeffosServer::close);
	}

	@Override
	public void close() {
		stop();
		this.handlers.shutdownNow();
		this.timer.shutdownNow();
	}

}
