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
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.engine.AskFuture;
import io.neffos.engine.EngineConn;
import io.neffos.engine.Member;
import io.neffos.engine.Outgoing;
import io.neffos.engine.Wakes;
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

	/**
	 * Everybody with a socket, acknowledged or not, until the handlers of the end have
	 * run.
	 */
	private final Set<EngineConn> open = ConcurrentHashMap.newKeySet();

	/** Everybody acknowledged and not closed. */
	private final ConnTable table = new ConnTable();

	private volatile boolean closed;

	DefaultNeffosServer(ServerParts parts, @Nullable RoomEvents roomEvents, Duration shutdownTimeout) {
		this.parts = parts;
		this.shutdownTimeout = shutdownTimeout;
		Map<String, NamespaceIndex> indexes = new LinkedHashMap<>();
		for (String name : parts.namespaces().names()) {
			indexes.put(name,
					new NamespaceIndex(name, new RoomLifecycle(parts.events(name), roomEvents, parts.executor())));
		}
		this.namespaces = Map.copyOf(indexes);
		this.asks = new ServerAsks(parts.timer());
		this.host = new ServerHost(this, parts, this.asks);
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
		NamespaceIndex index = index(message.namespace());
		if (message.to() != null) {
			sendTo(message.to(), exclude, message);
			return;
		}
		Group group = message.room().isEmpty() ? index.everybody() : index.room(message.room());
		if (group == null || group.size() == 0) {
			return;
		}
		int count = group.send(encode(message), exclude);
		this.parts.observer().sent(message.namespace(), count);
	}

	private WireFrame encode(Message message) {
		return Outgoing.event(message, this.parts.codec(),
				this.parts.settings().overflow(this.parts.events(message.namespace())));
	}

	private void sendTo(String id, Exclude exclude, Message message) {
		WireFrame frame = null;
		int count = 0;
		for (EngineConn conn : this.table.get(id)) {
			Member member = exclude.excludes(conn) ? null : member(conn, message);
			if (member != null) {
				frame = (frame != null) ? frame : encode(message);
				Wakes wakes = new Wakes();
				if (member.enqueue(frame, wakes)) {
					count++;
				}
				wakes.run();
			}
		}
		this.parts.observer().sent(message.namespace(), count);
	}

	private static @Nullable Member member(EngineConn conn, Message message) {
		NSConn ns = conn.namespace(message.namespace());
		if (ns == null || (!message.room().isEmpty() && ns.room(message.room()) == null)) {
			return null;
		}
		return (Member) ns;
	}

	void relay(String namespace, String room, WireFrame frame) {
		Group group = index(namespace).room(room);
		if (group != null) {
			this.parts.observer().sent(namespace, group.send(frame, Exclude.nobody()));
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
		String token = this.parts.tokens().next();
		WireFrame frame = Outgoing.encode(message, token, this.parts.codec());
		Set<Member> members = new LinkedHashSet<>();
		for (Member candidate : candidates(message)) {
			if (!exclude.excludes(candidate.engineConn())) {
				members.add(candidate);
			}
		}
		CompletableFuture<Message> first = this.asks.ask(token, frame, members, message.event(), timeout);
		this.parts.observer().sent(message.namespace(), members.size());
		return new AskFuture(first, this.parts.executor());
	}

	private List<Member> candidates(Message message) {
		NamespaceIndex index = index(message.namespace());
		if (message.to() != null) {
			List<Member> result = new ArrayList<>();
			for (EngineConn conn : this.table.get(message.to())) {
				Member member = member(conn, message);
				if (member != null) {
					result.add(member);
				}
			}
			return result;
		}
		Group group = message.room().isEmpty() ? index.everybody() : index.room(message.room());
		return (group != null) ? group.snapshot() : List.of();
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
	public int connectionCount() {
		return this.table.size();
	}

	@Override
	public int connectionCount(String namespace) {
		return index(namespace).everybody().size();
	}

	@Override
	public Set<String> namespaces() {
		return this.parts.namespaces().names();
	}

	@Override
	public List<RoomInfo> rooms(String namespace) {
		return index(namespace).rooms();
	}

	@Override
	public int roomCount(String namespace) {
		return index(namespace).roomCount();
	}

	@Override
	public @Nullable RoomInfo room(String namespace, String name) {
		NamespaceIndex index = index(namespace);
		return (index.size(name) > 0) ? new NamespaceIndex.LiveRoom(index, name) : null;
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
	}

}
