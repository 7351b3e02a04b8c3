package io.neffos;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Says step by step who is to be reached. Immutable: each step returns a new target,
 * which can be kept and used again.
 *
 * @since 0.1.0
 */
public interface BroadcastTarget {

	/**
	 * Reach members of one room only.
	 * @param name the room
	 * @return the narrowed target
	 */
	BroadcastTarget room(String name);

	/**
	 * Reach connections with one id only.
	 * @param connId the id
	 * @return the narrowed target
	 */
	BroadcastTarget to(String connId);

	/**
	 * Leave out exactly this connection.
	 * @param conn the connection
	 * @return the narrowed target
	 */
	BroadcastTarget except(Conn conn);

	/**
	 * Leave out exactly this connection.
	 * @param conn the connection, in any of its namespaces
	 * @return the narrowed target
	 */
	default BroadcastTarget except(NSConn conn) {
		return except(conn.conn());
	}

	/**
	 * Leave some connections out.
	 * @param exclude which ones
	 * @return the narrowed target
	 */
	BroadcastTarget except(Exclude exclude);

	/**
	 * Say what the events are about, for connections that do not keep up.
	 * @param value the key, see {@link Message#key()}, or {@code null} for none
	 * @return the changed target
	 */
	BroadcastTarget key(@Nullable String value);

	/**
	 * Send an event. Never blocks; see {@link NeffosServer#broadcast(Message...)}.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 */
	void emit(String event, @Nullable Object body);

	/**
	 * Send an event with a binary body. Never blocks.
	 * @param event the event
	 * @param body the body
	 */
	void emitBinary(String event, byte[] body);

	/**
	 * Ask everybody reached and wait for the first answer within the default timeout.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return the first answer
	 */
	default Message ask(String event, @Nullable Object body) {
		return Blocking.await(askAsync(event, body));
	}

	/**
	 * Ask everybody reached and wait at most some time for the first answer.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @param timeout how long to wait, more than 0
	 * @return the first answer
	 */
	default Message ask(String event, @Nullable Object body, Duration timeout) {
		return Blocking.await(askAsync(event, body, timeout));
	}

	/**
	 * Ask everybody reached, within the default timeout.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @return completes with the first answer
	 */
	CompletableFuture<Message> askAsync(String event, @Nullable Object body);

	/**
	 * Ask everybody reached.
	 * @param event the event
	 * @param body the body, or {@code null} for none
	 * @param timeout how long to wait, more than 0
	 * @return completes with the first answer
	 */
	CompletableFuture<Message> askAsync(String event, @Nullable Object body, Duration timeout);

}
