package io.neffos.protocol;

/**
 * The event names that neffos itself gives a meaning (protocol section 8).
 *
 * @since 0.1.0
 */
public final class SystemEvents {

	/** Asks to connect to a namespace; may be refused. */
	public static final String NAMESPACE_CONNECT = "_OnNamespaceConnect";

	/** A namespace has been connected; local, never sent by a well-behaved peer. */
	public static final String NAMESPACE_CONNECTED = "_OnNamespaceConnected";

	/** Asks to disconnect from a namespace. */
	public static final String NAMESPACE_DISCONNECT = "_OnNamespaceDisconnect";

	/** Asks to join a room; may be refused. */
	public static final String ROOM_JOIN = "_OnRoomJoin";

	/** A room has been joined; local, never sent by a well-behaved peer. */
	public static final String ROOM_JOINED = "_OnRoomJoined";

	/** Asks to leave a room. */
	public static final String ROOM_LEAVE = "_OnRoomLeave";

	/**
	 * A room has been left; local, but JavaScript peers send it by mistake where they
	 * mean {@link #ROOM_LEAVE}.
	 */
	public static final String ROOM_LEFT = "_OnRoomLeft";

	/** Stands for every event without a handler of its own. */
	public static final String ANY_EVENT = "_OnAnyEvent";

	/** The event of native messages. */
	public static final String NATIVE_MESSAGE = "_OnNativeMessage";

	private SystemEvents() {
	}

	/**
	 * Whether the event belongs to the life of a namespace or a room. {@link #ANY_EVENT}
	 * and {@link #NATIVE_MESSAGE} do not: they name handlers and may come as ordinary
	 * events.
	 * @param event an event name
	 * @return whether it is one of the other seven
	 */
	public static boolean isSystem(String event) {
		return switch (event) {
			case NAMESPACE_CONNECT, NAMESPACE_DISCONNECT, ROOM_JOIN, ROOM_LEAVE -> true;
			default -> isPastTense(event);
		};
	}

	/**
	 * Whether the event tells that something has happened rather than asks for it. Such
	 * an event is fired locally and means nothing when it comes from the network.
	 * @param event an event name
	 * @return whether it is {@link #NAMESPACE_CONNECTED}, {@link #ROOM_JOINED} or
	 * {@link #ROOM_LEFT}
	 */
	public static boolean isPastTense(String event) {
		return switch (event) {
			case NAMESPACE_CONNECTED, ROOM_JOINED, ROOM_LEFT -> true;
			default -> false;
		};
	}

}
