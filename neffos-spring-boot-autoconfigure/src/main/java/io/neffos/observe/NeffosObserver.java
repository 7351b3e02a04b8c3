package io.neffos.observe;

import java.util.Collection;
import java.util.List;

import io.neffos.Conn;
import io.neffos.Overflow;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;

/**
 * Is told what happens in a server or a client, for metrics and logs. Called on hot
 * paths, by any thread: implementations return quickly and never throw.
 *
 * @since 0.1.0
 */
public interface NeffosObserver {

	/** Observes nothing. */
	NeffosObserver NONE = new NeffosObserver() {
	};

	/**
	 * Make one of several, which are told in this order by the thread that tells. Nobody
	 * catches what one of them throws, so that the others are not told then.
	 * @param observers the observers; a copy is taken
	 * @return the only observer itself if there is one, {@link #NONE} if there is none
	 */
	static NeffosObserver all(Collection<? extends NeffosObserver> observers) {
		List<NeffosObserver> copy = List.copyOf(observers);
		return switch (copy.size()) {
			case 0 -> NONE;
			case 1 -> copy.get(0);
			default -> new CompositeObserver(copy);
		};
	}

	/**
	 * A connection was acknowledged.
	 * @param conn the connection
	 */
	default void opened(Conn conn) {
	}

	/**
	 * A connection has ended, acknowledged or not.
	 * @param conn the connection
	 * @param reason the code and text, sent or received
	 * @param cause who or what ended it
	 */
	default void closed(Conn conn, CloseReason reason, CloseCause cause) {
	}

	/**
	 * Somebody asked to join a room.
	 * @param namespace the namespace, which is declared
	 * @param outcome how it ended
	 */
	default void join(String namespace, JoinOutcome outcome) {
	}

	/**
	 * A message arrived for a declared namespace.
	 * @param namespace the namespace
	 */
	default void received(String namespace) {
	}

	/**
	 * Messages were queued for connections.
	 * @param namespace the namespace, which is declared
	 * @param count how many connections
	 */
	default void sent(String namespace, int count) {
	}

	/**
	 * A message was dropped and nothing was answered.
	 * @param reason why
	 */
	default void dropped(DropReason reason) {
	}

	/**
	 * A handler has run.
	 * @param namespace the namespace, which is declared
	 * @param event the event the handler was declared for, which bounds the number of
	 * different values
	 * @param outcome how it ended
	 * @param nanos how long it took until the outcome was there, that of a future
	 * included
	 */
	default void handled(String namespace, String event, HandlerOutcome outcome, long nanos) {
	}

	/** A connection did not keep up, and its backlog was given up. */
	default void outboxOverflow() {
	}

	/**
	 * Events were dropped for one connection that did not keep up.
	 * @param namespace the namespace, which is declared
	 * @param policy which ones were dropped; never {@link Overflow#CLOSE}
	 * @param count how many
	 */
	default void overflowDropped(String namespace, Overflow policy, int count) {
	}

	/** How a join ended. */
	enum JoinOutcome {

		/** The connection is a member. */
		JOINED,

		/** A handler of either side, or a bound, said no. */
		REFUSED,

		/** The peer did not answer, or closed. */
		FAILED

	}

	/** How a handler ended. */
	enum HandlerOutcome {

		/** It returned. */
		SUCCESS,

		/** It refused. */
		REFUSED,

		/** It threw something unexpected. */
		ERROR

	}

	/** Why a message was dropped. */
	enum DropReason {

		/** Not a neffos message. */
		INVALID,

		/** Its namespace is not connected. */
		BAD_NAMESPACE,

		/** Its sender has not joined the room. */
		BAD_ROOM,

		/** Nobody handles its event. */
		NO_HANDLER,

		/** A system event that only this side may raise. */
		FOREIGN_SYSTEM_EVENT,

		/** An answer that came too late, or a second time. */
		LATE_ANSWER,

		/** A name or token is too long. */
		NAME_TOO_LONG

	}

}
