package io.neffos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The server: who is connected, which rooms there are, and how to reach them. A bean;
 * safe for concurrent use by any controller, service or handler.
 * <p>
 * Broadcasting encodes a message once, costs the connections it reaches and nothing else,
 * and never waits for a socket. Two messages that are broadcast to a room one after the
 * other arrive at every member in that order, and all members of a room see the same
 * order, whoever broadcast.
 * <p>
 * With an exchange several servers are one. Broadcasts, asks and {@link #remote} reach
 * connections wherever they are; methods that count answer for the cluster unless they
 * are told {@link Scope#LOCAL}; methods that return a {@link Conn} or {@link NSConn}
 * return those of this server. Members of this server get a broadcast at once; members of
 * others at most once, after the way through the broker, in an order that may differ from
 * server to server.
 *
 * @since 0.1.0
 */
public interface NeffosServer extends AutoCloseable {

	/**
	 * Send messages to everybody they are addressed to: the members of the namespace, of
	 * the room in it if one is named, with the one id if {@link Message#to()} is set.
	 * @param messages the messages, each with its namespace
	 */
	default void broadcast(Message... messages) {
		broadcast(Exclude.nobody(), messages);
	}

	/**
	 * Send messages to everybody they are addressed to, except some.
	 * @param exclude who is left out
	 * @param messages the messages, each with its namespace
	 */
	void broadcast(Exclude exclude, Message... messages);

	/**
	 * Begin to say who is to be reached.
	 * @param name the namespace
	 * @return everybody in the namespace
	 */
	BroadcastTarget namespace(String name);

	/**
	 * Ask everybody the message is addressed to, and wait for the first answer within the
	 * default timeout.
	 * @param message with its namespace; {@link Message#to()} narrows it to one id
	 * @return the first answer; later ones are dropped
	 * @throws RefusedException if the first answer is an error
	 * @throws AskTimeoutException if nobody answered in time
	 * @throws WriteClosedException if nobody is there to ask, or all that were asked have
	 * gone
	 */
	default Message ask(Message message) {
		return Blocking.await(askAsync(message));
	}

	/**
	 * Ask everybody the message is addressed to, and wait at most some time for the first
	 * answer.
	 * @param message with its namespace
	 * @param timeout how long to wait, more than 0
	 * @return the first answer
	 */
	default Message ask(Message message, Duration timeout) {
		return Blocking.await(askAsync(message, timeout));
	}

	/**
	 * Ask everybody the message is addressed to, within the default timeout.
	 * @param message with its namespace
	 * @return completes with the first answer; fails as the blocking form throws
	 */
	CompletableFuture<Message> askAsync(Message message);

	/**
	 * Ask everybody the message is addressed to.
	 * @param message with its namespace
	 * @param timeout how long to wait, more than 0
	 * @return completes with the first answer; fails as the blocking form throws
	 */
	CompletableFuture<Message> askAsync(Message message, Duration timeout);

	/**
	 * Do something to a connection, whichever server it lives on.
	 * @param id its id
	 * @return the connection, which is looked for when something is done
	 */
	RemoteConn remote(String id);

	/**
	 * The servers of the cluster that are alive, as far as this one knows.
	 * @return at least this one, the oldest first
	 */
	List<ServerInfo> servers();

	/**
	 * Look up a connection of this server by its id.
	 * @param id the id
	 * @return one connection with that id, or {@code null}
	 */
	default @Nullable Conn connection(String id) {
		List<Conn> found = connectionsById(id);
		return found.isEmpty() ? null : found.get(0);
	}

	/**
	 * Look up every connection of this server with an id.
	 * @param id the id
	 * @return a snapshot; more than one only if the application lets ids repeat
	 */
	List<Conn> connectionsById(String id);

	/**
	 * Everybody on this server who is acknowledged and not closed.
	 * @return a snapshot that is safe to iterate
	 */
	List<Conn> connections();

	/**
	 * Everybody on this server who is in a namespace.
	 * @param namespace its name
	 * @return a snapshot that is safe to iterate
	 */
	List<NSConn> connections(String namespace);

	/**
	 * How many connections there are in the cluster.
	 * @return the count
	 */
	default int connectionCount() {
		return connectionCount(Scope.CLUSTER);
	}

	/**
	 * How many connections there are.
	 * @param scope on this server or in the cluster
	 * @return the count
	 */
	int connectionCount(Scope scope);

	/**
	 * How many connections there are in a namespace, in the cluster.
	 * @param namespace its name
	 * @return the count
	 */
	default int connectionCount(String namespace) {
		return connectionCount(namespace, Scope.CLUSTER);
	}

	/**
	 * How many connections there are in a namespace.
	 * @param namespace its name
	 * @param scope on this server or in the cluster
	 * @return the count
	 */
	int connectionCount(String namespace, Scope scope);

	/**
	 * The namespaces that are declared, with or without connections.
	 * @return their names
	 */
	Set<String> namespaces();

	/**
	 * The rooms of a namespace, in the cluster.
	 * @param namespace its name
	 * @return a snapshot that is safe to iterate
	 */
	default List<RoomInfo> rooms(String namespace) {
		return rooms(namespace, Scope.CLUSTER);
	}

	/**
	 * The rooms of a namespace.
	 * @param namespace its name
	 * @param scope on this server or in the cluster, which is also the scope of the rooms
	 * @return a snapshot that is safe to iterate
	 */
	List<RoomInfo> rooms(String namespace, Scope scope);

	/**
	 * How many rooms there are in a namespace, in the cluster.
	 * @param namespace its name
	 * @return the count
	 */
	default int roomCount(String namespace) {
		return roomCount(namespace, Scope.CLUSTER);
	}

	/**
	 * How many rooms there are in a namespace.
	 * @param namespace its name
	 * @param scope on this server or in the cluster
	 * @return the count
	 */
	int roomCount(String namespace, Scope scope);

	/**
	 * Look up a room in the cluster.
	 * @param namespace the namespace
	 * @param name the room
	 * @return the room, or {@code null} if it has no members
	 */
	default @Nullable RoomInfo room(String namespace, String name) {
		return room(namespace, name, Scope.CLUSTER);
	}

	/**
	 * Look up a room.
	 * @param namespace the namespace
	 * @param name the room
	 * @param scope on this server or in the cluster, which is also the scope of the room
	 * @return the room, or {@code null} if it has no members
	 */
	@Nullable RoomInfo room(String namespace, String name, Scope scope);

	/**
	 * Do something with every connection of this server, on the calling thread.
	 * @param action what to do
	 */
	void forEachConn(Consumer<Conn> action);

	/**
	 * Close every connection with code 1001 and accept no more. Returns when the handlers
	 * of their end have run or the shutdown timeout has passed.
	 */
	@Override
	void close();

}
