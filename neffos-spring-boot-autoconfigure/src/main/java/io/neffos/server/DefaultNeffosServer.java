package io.neffos.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.neffos.BadNamespaceException;
import io.neffos.BroadcastTarget;
import io.neffos.Conn;
import io.neffos.Exclude;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RemoteConn;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.RoomMember;
import io.neffos.Scope;
import io.neffos.ServerInfo;
import io.neffos.cluster.Cluster;
import io.neffos.cluster.ClusterSettings;
import io.neffos.engine.AskFuture;
import io.neffos.engine.EngineConn;
import io.neffos.engine.Member;
import io.neffos.engine.Outgoing;
import io.neffos.observe.ClusterStats;
import io.neffos.exchange.StackExchange;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Socket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server of one process: holds its connections and their index, and sends to them.
 *
 * @since 0.1.0
 */
public final class DefaultNeffosServer implements NeffosServer {

	private static final Log logger = LogFactory.getLog(DefaultNeffosServer.class);

	private final ServerParts parts;

	private final Duration shutdownTimeout;

	private final Map<String, NamespaceIndex> namespaces;

	private final ServerAsks asks;

	private final ServerHost host;

	private final LocalReach reach;

	private final RemoteService here;

	private final @Nullable Cluster cluster;

	private final @Nullable RemoteCalls remote;

	/**
	 * Everybody with a socket, acknowledged or not, until the handlers of the end have
	 * run.
	 */
	private final Set<EngineConn> open = ConcurrentHashMap.newKeySet();

	/** Everybody acknowledged and not closed. */
	private final ConnTable table = new ConnTable();

	private volatile boolean closed;

	DefaultNeffosServer(ServerParts parts, @Nullable RoomEvents roomEvents, Duration shutdownTimeout,
			@Nullable StackExchange exchange, @Nullable ClusterSettings settings) {
		this.parts = parts;
		this.shutdownTimeout = shutdownTimeout;
		this.asks = new ServerAsks(parts.timer());
		this.reach = new LocalReach(new ConcurrentHashMap<>(), this.table, parts.observer());
		this.here = new RemoteService(parts, this.reach, this.asks);
		this.cluster = (exchange != null && settings != null)
				? new Cluster(exchange, settings, parts.timer(), parts.namespaces().names(), this.here, parts.tracing())
				: null;
		this.remote = (this.cluster != null) ? new RemoteCalls(this.cluster, parts.codec()) : null;
		Map<String, NamespaceIndex> indexes = new LinkedHashMap<>();
		for (String name : parts.namespaces().names()) {
			RoomLifecycle lifecycle = new RoomLifecycle(parts.events(name), roomEvents, this.cluster == null,
					parts.executor());
			indexes.put(name, new NamespaceIndex(name, lifecycle,
					(ns, room, scope) -> new RoomView(this, ns, room, scope), this.cluster));
		}
		this.namespaces = this.reach.namespaces();
		this.reach.namespaces().putAll(indexes);
		this.host = new ServerHost(this, parts, this.asks);
	}

	/** Meet the other servers, if there may be any. */
	void start() {
		if (this.cluster != null) {
			this.cluster.start();
		}
	}

	/**
	 * How this server does in its cluster.
	 * @return the figures, or {@code null} if it has no exchange
	 */
	public @Nullable ClusterStats clusterStats() {
		return (this.cluster != null) ? this.cluster.stats() : null;
	}

	/**
	 * Begin to build a server.
	 * @param namespaces what it declares
	 * @return a builder
	 */
	public static NeffosServerBuilder builder(Namespaces namespaces) {
		return new NeffosServerBuilder(namespaces);
	}

	/**
	 * Take a socket.
	 * @param socket the socket, open
	 * @param handshake the request it came with
	 * @param id the id of the connection, not empty
	 * @return what the socket tells of what arrives
	 */
	public SocketListener open(Socket socket, HandshakeInfo handshake, String id) {
		EngineConn conn = new EngineConn(this.host, socket, handshake, id);
		this.open.add(conn);
		SocketListener listener = conn.open();
		if (this.closed) {
			conn.close(CloseCause.SHUTDOWN, CloseReason.GOING_AWAY, "server stops");
		}
		return listener;
	}

	/**
	 * Whether the server was closed and takes no more sockets.
	 * @return {@code true} once {@link #close()} was called
	 */
	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * How long one write may take before its peer counts as too slow.
	 * @return the time
	 */
	public Duration sendTimeout() {
		return this.parts.settings().sendTimeout();
	}

	/**
	 * How big a message that comes in may be.
	 * @return the number of bytes
	 */
	public int maxFrameSize() {
		return this.parts.settings().maxFrameSize();
	}

	/**
	 * Whether a connection is open, or the handlers of its end have not all returned, or
	 * observers have not been told.
	 * @param id the id of the connection
	 * @return {@code false} when nothing of it is left
	 */
	public boolean isServing(String id) {
		return this.open.stream().anyMatch((conn) -> conn.id().equals(id));
	}

	void acknowledged(EngineConn conn) {
		this.table.add(conn);
		if (conn.isClosed()) {
			this.table.remove(conn);
		}
		this.parts.observer().opened(conn);
	}

	void unreachable(EngineConn conn) {
		this.table.remove(conn);
		this.asks.unreachable(conn);
	}

	void ended(EngineConn conn, CloseReason reason, CloseCause cause) {
		this.parts.observer().closed(conn, reason, cause);
		this.open.remove(conn);
		if (logger.isDebugEnabled()) {
			logger.debug("Connection ended [conn=" + conn.id() + ", cause=" + cause + ", code=" + reason.code() + "]");
		}
	}

	NamespaceIndex index(String namespace) {
		NamespaceIndex index = this.namespaces.get(namespace);
		if (index == null) {
			throw new BadNamespaceException(
					"Namespace '" + namespace + "' is not declared; declared are " + this.parts.namespaces().names());
		}
		return index;
	}

	@Override
	public void broadcast(Exclude exclude, Message... messages) {
		for (Message message : messages) {
			broadcast(exclude, message);
		}
	}

	private void broadcast(Exclude exclude, Message message) {
		String namespace = index(message.namespace()).name();
		boolean here = this.reach.hasAnybody(namespace, message.room(), message.to());
		if (!here && this.remote == null) {
			return;
		}
		WireFrame frame = Outgoing.event(message, this.parts.codec(),
				this.parts.settings().overflow(this.parts.events(namespace)));
		if (here) {
			this.reach.send(namespace, message.room(), message.to(), exclude, frame);
		}
		if (this.remote != null) {
			this.remote.publish(message, exclude, frame);
		}
	}

	void relay(String namespace, String room, WireFrame frame) {
		this.reach.send(namespace, room, null, Exclude.nobody(), frame);
		if (this.remote != null) {
			this.remote.relay(namespace, room, frame);
		}
	}

	@Override
	public BroadcastTarget namespace(String name) {
		index(name);
		return new Target(this, Message.builder().namespace(name).build(), Exclude.nobody());
	}

	@Override
	public CompletableFuture<Message> askAsync(Message message) {
		return askAsync(message, askTimeout());
	}

	@Override
	public CompletableFuture<Message> askAsync(Message message, Duration timeout) {
		return ask(Exclude.nobody(), message, timeout);
	}

	Duration askTimeout() {
		return this.parts.settings().askTimeout();
	}

	CompletableFuture<Message> ask(Exclude exclude, Message message, Duration timeout) {
		String namespace = index(message.namespace()).name();
		String token = this.parts.tokens().next();
		WireFrame frame = Outgoing.encode(message, token, this.parts.codec());
		Set<Member> members = this.reach.candidates(namespace, message.room(), message.to(), exclude);
		CompletableFuture<Message> first = this.asks.ask(token, frame, members, message.event(), timeout);
		this.parts.observer().sent(namespace, members.size());
		if (this.remote != null) {
			WireFrame question = Outgoing.encode(message, "", this.parts.codec());
			first = FirstAnswer.of(first, this.remote.ask(message, exclude, question, timeout));
		}
		return new AskFuture(first, this.parts.executor());
	}

	@Override
	public RemoteConn remote(String id) {
		return new ConnById(id, this.here, this.remote);
	}

	@Override
	public List<ServerInfo> servers() {
		return (this.cluster != null) ? this.cluster.stats().liveServers()
				: List.of(new ServerInfo("", "", Duration.ZERO, this.table.size(), true));
	}

	@Override
	public List<Conn> connectionsById(String id) {
		return List.copyOf(this.table.get(id));
	}

	@Override
	public List<Conn> connections() {
		return List.copyOf(this.table.all());
	}

	@Override
	public List<NSConn> connections(String namespace) {
		return index(namespace).everybody().nsConns();
	}

	@Override
	public int connectionCount(Scope scope) {
		int here = this.table.size();
		Cluster others = others(scope);
		return (others != null) ? here + others.remoteConnections() : here;
	}

	@Override
	public int connectionCount(String namespace, Scope scope) {
		int here = index(namespace).everybody().size();
		Cluster others = others(scope);
		return (others != null) ? here + others.remoteConnections(namespace) : here;
	}

	private @Nullable Cluster others(Scope scope) {
		return (scope == Scope.CLUSTER) ? this.cluster : null;
	}

	@Override
	public Set<String> namespaces() {
		return this.parts.namespaces().names();
	}

	@Override
	public List<RoomInfo> rooms(String namespace, Scope scope) {
		Set<String> names = new LinkedHashSet<>(index(namespace).rooms());
		Cluster others = others(scope);
		if (others != null) {
			names.addAll(others.remoteRooms(namespace));
		}
		List<RoomInfo> result = new ArrayList<>(names.size());
		names.forEach((name) -> result.add(new RoomView(this, namespace, name, scope)));
		return result;
	}

	@Override
	public int roomCount(String namespace, Scope scope) {
		NamespaceIndex index = index(namespace);
		Cluster others = others(scope);
		int here = index.roomCount();
		return (others != null) ? here + others.remoteRoomCount(namespace, (name) -> index.size(name) > 0) : here;
	}

	@Override
	public @Nullable RoomInfo room(String namespace, String name, Scope scope) {
		return (roomSize(namespace, name, scope) > 0) ? new RoomView(this, namespace, name, scope) : null;
	}

	int roomSize(String namespace, String room, Scope scope) {
		int here = index(namespace).size(room);
		Cluster others = others(scope);
		return (others != null) ? here + others.remoteSize(namespace, room) : here;
	}

	CompletableFuture<List<RoomMember>> allMembers(String namespace, String room, Scope scope) {
		String self = (this.cluster != null) ? this.cluster.id() : "";
		List<RoomMember> here = index(namespace).members(room)
			.stream()
			.map((member) -> new RoomMember(member.conn().id(), self))
			.toList();
		if (this.remote == null || scope == Scope.LOCAL) {
			return CompletableFuture.completedFuture(here);
		}
		return this.remote.members(namespace, room, askTimeout()).thenApply((others) -> {
			List<RoomMember> all = new ArrayList<>(here);
			all.addAll(others);
			return List.copyOf(all);
		});
	}

	@Override
	public void forEachConn(Consumer<Conn> action) {
		this.table.all().forEach(action);
	}

	@Override
	public void close() {
		this.closed = true;
		List<CompletableFuture<?>> ends = new ArrayList<>();
		for (EngineConn conn : this.open) {
			conn.close(CloseCause.SHUTDOWN, CloseReason.GOING_AWAY, "server stops");
			ends.add(conn.ended());
		}
		try {
			CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
				.get(this.shutdownTimeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger
				.warn(this.open.size() + " connections did not end within " + this.shutdownTimeout.toMillis() + " ms");
		}
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

}
