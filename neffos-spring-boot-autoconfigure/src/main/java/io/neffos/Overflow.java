package io.neffos;

/**
 * What becomes of the events of a namespace that wait to be written to a connection that
 * reads less than is sent to it.
 * <p>
 * What waits for one connection, of all its namespaces together, is bounded. Within the
 * bound nothing is dropped, whatever is chosen here. Past it, only events are dropped;
 * asks, answers, and what joins, leaves, connects and disconnects never are. If one of
 * these passes the bound and no event can make room for it, the connection is closed.
 * <p>
 * What arrives keeps its order in any case: all members of a room get what they get in
 * one order, and each thread's messages arrive in the order in which it sent them. Events
 * are dropped for one connection at a time; the others get them.
 *
 * @since 0.1.0
 */
public enum Overflow {

	/**
	 * Nothing is dropped. The connection is closed: who is still there has got
	 * everything.
	 */
	CLOSE,

	/**
	 * The events that have waited longest make room for the one that comes, which is
	 * dropped itself when that is not enough.
	 */
	DROP_OLDEST,

	/** The event that comes is dropped. */
	DROP_NEWEST,

	/**
	 * Only the newest event of each key is kept. Two have the same key when namespace,
	 * room, event and {@linkplain Message#key() the key given by the application} are
	 * equal. Once the bound was passed, and until everything was written, a newer one
	 * replaces the older at once and takes its own, later place. With more different keys
	 * than the bound allows the connection is closed.
	 */
	CONFLATE

}
