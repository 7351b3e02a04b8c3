package io.neffos.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.Namespaces;
import io.neffos.cluster.ClusterSettings;
import io.neffos.engine.EngineSettings;
import io.neffos.exchange.StackExchange;
import io.neffos.observe.NeffosObserver;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.server.NeffosServerBuilder;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A server in memory, and clients of it; or, while {@link #inCluster} says so, several
 * servers that are one, whose clients are on each of them in turn.
 */
public final class TestServer implements AutoCloseable {

	/** As in production, except that nothing is held back for clients of Node. */
	public static final EngineSettings SETTINGS = settings(EngineSettings.DEFAULTS).connectGap(Duration.ZERO).build();

	private static final int CLUSTER = 3;

	private static final AtomicInteger PREFIXES = new AtomicInteger();

	private final ExecutorService handlers = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2);

	private final Recorder observer = new Recorder();

	private static volatile @Nullable Supplier<StackExchange> exchanges;

	/** The first one is the one that tests look at. */
	private final List<DefaultNeffosServer> servers = new ArrayList<>();

	private int clients;

	private int opened;

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
			await().until(() -> this.servers.stream().allMatch((server) -> server.servers().size() == CLUSTER));
		}
	}

	/**
	 * From now on, each server is a cluster of three.
	 * @param supplier makes an exchange for each of them, or {@code null} for servers of
	 * their own again
	 */
	public static void inCluster(@Nullable Supplier<StackExchange> supplier) {
		exchanges = supplier;
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
		FakeSocket socket = new FakeSocket();
		HandshakeInfo handshake = new HandshakeInfo(URI.create("ws://localhost/neffos"), headers, null, null, null);
		SocketListener listener = this.servers.get(this.opened++ % this.servers.size()).open(socket, handshake, id);
		socket.listener(listener);
		return new WireClient(socket, listener, id);
	}

	/** A client that is acknowledged and connected. */
	public WireClient client(String... namespaces) {
		WireClient client = open().ack();
		for (String namespace : namespaces) {
			client.connect(namespace);
		}
		return client;
	}

	@Override
	public void close() {
		this.servers.forEach(DefaultNeffosServer::close);
		this.handlers.shutdownNow();
		this.timer.shutdownNow();
	}

	/** Remembers what a server tells its observer. */
	public static final class Recorder implements NeffosObserver {

		private final List<DropReason> dropped = new CopyOnWriteArrayList<>();

		private final List<CloseCause> closed = new CopyOnWriteArrayList<>();

		private final List<String> joins = new CopyOnWriteArrayList<>();

		private final AtomicInteger overflows = new AtomicInteger();

		@Override
		public void dropped(DropReason reason) {
			this.dropped.add(reason);
		}

		@Override
		public void closed(Conn conn, CloseReason reason, CloseCause cause) {
			this.closed.add(cause);
		}

		@Override
		public void join(String namespace, JoinOutcome outcome) {
			this.joins.add(namespace + ":" + outcome);
		}

		@Override
		public void outboxOverflow() {
			this.overflows.incrementAndGet();
		}

		/** How many connections did not keep up. */
		public int overflows() {
			return this.overflows.get();
		}

		public List<DropReason> dropped() {
			return this.dropped;
		}

		public List<CloseCause> closed() {
			return this.closed;
		}

		public List<String> joins() {
			return this.joins;
		}

	}

}
