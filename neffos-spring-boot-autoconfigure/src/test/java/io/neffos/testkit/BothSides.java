package io.neffos.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.HandshakeInfo;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A server and its clients, joined in memory, each with a log of its events. */
public final class BothSides implements AutoCloseable {

	private final EventLog serverLog = new EventLog();

	private final EventLog clientLog = new EventLog();

	private final AtomicInteger ids = new AtomicInteger();

	private final TestServer server;

	private final SocketPair line;

	private final Namespaces clientNamespaces;

	private final ScheduledThreadPoolExecutor clientTimer = new ScheduledThreadPoolExecutor(1);

	private final List<NeffosClient> clients = new CopyOnWriteArrayList<>();

	public BothSides(Consumer<Namespaces.Builder> onServer, Consumer<Namespaces.Builder> onClient) {
		this.clientTimer.setRemoveOnCancelPolicy(true);
		this.server = TestServer.of(onServer);
		this.clientNamespaces = TestServer.namespaces(onClient);
		this.line = new SocketPair((socket, request) -> this.server.server()
			.open(socket, new HandshakeInfo(request.uri(), request.headers(), null, null, null),
					"c" + this.ids.incrementAndGet()));
	}

	/** Both sides declare these namespaces and log their system events. */
	public static BothSides logging(String... namespaces) {
		BothSides[] self = new BothSides[1];
		self[0] = new BothSides((builder) -> {
			for (String namespace : namespaces) {
				builder.namespace(namespace, lazily(() -> self[0].serverLog));
			}
		}, (builder) -> {
			for (String namespace : namespaces) {
				builder.namespace(namespace, lazily(() -> self[0].clientLog));
			}
		});
		return self[0];
	}

	private static Consumer<Events.Builder> lazily(Supplier<EventLog> log) {
		return (events) -> {
			for (String event : new String[] { SystemEvents.NAMESPACE_CONNECT, SystemEvents.NAMESPACE_CONNECTED,
					SystemEvents.NAMESPACE_DISCONNECT, SystemEvents.ROOM_JOIN, SystemEvents.ROOM_JOINED,
					SystemEvents.ROOM_LEAVE, SystemEvents.ROOM_LEFT }) {
				events.on(event, (ns, msg) -> log.get().event(ns, msg));
			}
		};
	}

	public NeffosClientBuilder builder() {
		return NeffosClient.builder()
			.uri("ws://localhost/neffos")
			.namespaces(this.clientNamespaces)
			.timer(this.clientTimer)
			.dialer(this.line);
	}

	public NeffosClient dial() {
		return dial((builder) -> builder);
	}

	public NeffosClient dial(UnaryOperator<NeffosClientBuilder> customizer) {
		NeffosClient client = customizer.apply(builder()).dial();
		this.clients.add(client);
		return client;
	}

	public TestServer server() {
		return this.server;
	}

	public SocketPair line() {
		return this.line;
	}

	public EventLog serverLog() {
		return this.serverLog;
	}

	public EventLog clientLog() {
		return this.clientLog;
	}

	/** A client's connection as the server sees it. */
	public Conn onServer(NeffosClient client) {
		Conn conn = this.server.server().connection(client.conn().id());
		assertThat(conn).isNotNull();
		return conn;
	}

	/** A client's namespace as the server sees it. */
	public NSConn onServer(NSConn ns) {
		Conn conn = this.server.server().connection(ns.conn().id());
		assertThat(conn).isNotNull();
		NSConn found = conn.namespace(ns.namespace());
		assertThat(found).isNotNull();
		return found;
	}

	/**
	 * Everything that both sides have said so far is handled when this returns. Nothing
	 * may handle the event {@code sync} in this namespace.
	 */
	public void synchronize(NSConn ns) {
		NSConn onServer = onServer(ns);
		for (NSConn asker : List.of(ns, onServer, ns, onServer)) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> asker.ask("sync", null))
				.withMessage("no handler for event");
		}
	}

	/** What went over the wire, without synchronizing, and with tokens as {@code T}. */
	public List<String> frames() {
		return this.line.wire()
			.stream()
			.filter((frame) -> !frame.contains(";sync;"))
			.map((frame) -> frame.replaceFirst("^(-->|<--) [$]?\\d+;", "$1 T;"))
			.toList();
	}

	/** No timeout waits on either side, and nothing is left in the connection. */
	public void expectNothingLeft(NeffosClient client) {
		Leftovers.none(client.conn());
		if (!client.conn().isClosed()) {
			Leftovers.none(onServer(client));
		}
		this.server.expectNoTimers();
		await().pollDelay(Duration.ZERO)
			.atMost(Duration.ofSeconds(5))
			.until(() -> this.clientTimer.getQueue().isEmpty());
	}

	@Override
	public void close() {
		this.clients.forEach(NeffosClient::close);
		this.server.close();
		this.line.close();
		this.clientTimer.shutdownNow();
	}

}
