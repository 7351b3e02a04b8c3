package io.neffos.testkit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.HandshakeInfo;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.SystemEvents;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** A server and its clients, joined in memory, each with a log of its events. */
public final class BothSides implements AutoCloseable {

	private final EventLog serverLog = new EventLog();

	private final EventLog clientLog = new EventLog();

	private final AtomicInteger ids = new AtomicInteger();

	private final TestServer server;

	private final SocketPair line;

	private final Namespaces clientNamespaces;

	public BothSides(Consumer<Namespaces.Builder> onServer, Consumer<Namespaces.Builder> onClient) {
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
		return NeffosClient.builder().uri("ws://localhost/neffos").namespaces(this.clientNamespaces).dialer(this.line);
	}

	public NeffosClient dial() {
		return dial((builder) -> builder);
	}

	public NeffosClient dial(UnaryOperator<NeffosClientBuilder> customizer) {
		return customizer.apply(builder()).dial();
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

	@Override
	public void close() {
		this.server.close();
		this.line.close();
	}

}
