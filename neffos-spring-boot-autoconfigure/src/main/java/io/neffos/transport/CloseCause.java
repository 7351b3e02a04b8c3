package io.neffos.transport;

/**
 * Who or what ended a connection, as told to observers. A closed set, so that it can be
 * the tag of a metric.
 *
 * @since 0.1.0
 */
public enum CloseCause {

	/** The peer closed it, or went away without a word. */
	PEER,

	/** The application closed it. */
	APPLICATION,

	/** The server stops. */
	SHUTDOWN,

	/** A handler of {@code OnConnect} refused it. */
	REFUSED,

	/** The peer did not complete the acknowledgement in time. */
	HANDSHAKE_TIMEOUT,

	/** The peer broke the protocol. */
	PROTOCOL,

	/** A message was too big. */
	TOO_BIG,

	/** The peer sent more than the bounds on rate or backlog allow. */
	TOO_FAST,

	/** The peer read less than was sent to it, past the bounds on backlog or time. */
	TOO_SLOW,

	/** Something failed on this side. */
	ERROR

}
