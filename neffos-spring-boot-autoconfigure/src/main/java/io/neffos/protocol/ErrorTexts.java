package io.neffos.protocol;

/**
 * Error texts that cross the wire in error frames. Peers compare them as a whole
 * (protocol sections 3 and 9).
 *
 * @since 0.1.0
 */
public final class ErrorTexts {

	/** The namespace is not declared or not connected; known to all peers. */
	public static final String BAD_NAMESPACE = "bad namespace";

	/** The room is not joined; known to all peers. */
	public static final String BAD_ROOM = "bad room";

	/** The write was refused; known to all peers. */
	public static final String WRITE_CLOSED = "write closed";

	/** The body could not be read; known to all peers. */
	public static final String INVALID_PAYLOAD = "invalid payload";

	/**
	 * The connection is gone: what an ask on a closed connection fails with. JavaScript
	 * peers recognise a close by this very text.
	 */
	public static final String CONNECTION_CLOSED = "[-1] write closed";

	/** The event that was asked for has no handler. */
	public static final String NO_HANDLER = "no handler for event";

	/** A handler failed in a way the peer must not see. */
	public static final String INTERNAL_ERROR = "internal error";

	/** The connection may not join more rooms. */
	public static final String TOO_MANY_ROOMS = "too many rooms";

	/** The connection may not connect to more namespaces. */
	public static final String TOO_MANY_NAMESPACES = "too many namespaces";

	/** There are more unanswered asks than allowed. */
	public static final String TOO_MANY_ASKS = "too many pending asks";

	/** Messages come in faster than allowed. */
	public static final String TOO_MANY_MESSAGES = "too many messages";

	/** The name of a namespace, room or event is longer than allowed. */
	public static final String NAME_TOO_LONG = "name too long";

	/** Stands in for an empty error text, which must never be sent. */
	public static final String UNSPECIFIED = "error";

	private ErrorTexts() {
	}

	/**
	 * Whether the text is one that the original gives a meaning of its own:
	 * {@link #BAD_NAMESPACE}, {@link #BAD_ROOM}, {@link #WRITE_CLOSED} or
	 * {@link #INVALID_PAYLOAD}.
	 * @param text an error text
	 * @return whether all peers know it
	 */
	public static boolean isShared(String text) {
		return switch (text) {
			case BAD_NAMESPACE, BAD_ROOM, WRITE_CLOSED, INVALID_PAYLOAD -> true;
			default -> false;
		};
	}

	/**
	 * A text that may be sent.
	 * @param text an error text, may be empty
	 * @return the text, or {@link #UNSPECIFIED} when it is empty
	 */
	public static String orUnspecified(String text) {
		return text.isEmpty() ? UNSPECIFIED : text;
	}

}
