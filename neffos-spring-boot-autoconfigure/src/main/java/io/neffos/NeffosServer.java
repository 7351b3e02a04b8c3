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
	 * Look up a connection by its id.
	 * @param id the id
	 * @return one connection with that id, or {@code null}
	 */
	default @Nullable Conn connection(String id) {
		List<Conn> found = connectionsById(id);
		return found.isEmpty() ? null : found.get(0);
	}

	/**
	 * Look up every connection with an id.
	 * @param id the id
	 * @return a snapshot; more than one only if the application lets ids repeat
	 */
	List<Conn> connectionsById(String id);

	/**
	 * Everybody who is acknowledged and not closed.
	 * @return a snapshot that is safe to iterate
	 */
	List<Conn> connections();

	/**
	 * Everybody in a namespace.
	 * @param namespace its name
	 * @return a snapshot that is safe to iterate
	 */
	List<NSConn> connections(String namespace);

	/**
	 * How many connections there are.
	 * @return the count
	 */
	int connectionCount();

	/**
	 * How many connections there are in a namespace.
	 * @param namespace its name
	 * @return the count
	 */
	int connectionCount(String namespace);

	/**
	 * The namespaces that are declared, with or without connections.
	 * @return their names
	 */
	Set<String> namespaces();

	/**
	 * The rooms of a namespace.
	 * @param namespace its name
	 * @return a snapshot that is safe to iterate
	 */
	List<RoomInfo> rooms(String namespace);

	/**
	 * How many rooms there are in a namespace.
	 * @param namespace its name
	 * @return the count
	 */
	int roomCount(String namespace);

	/**
	 * Look up a room.
	 * @param namespace the namespace
	 * @param name the room
	 * @return the room, or {@code null} if it has no members
	 */
	@Nullable RoomInfo room(String namespace, String name);

	/**
	 * Do something with every connection, on the calling thread.
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
