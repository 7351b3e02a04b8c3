package io.neffos;

/**
 * Names of the events that the library itself raises (protocol section 8).
 *
 * @since 0.1.0
 */
public final class SystemEvents {

	/** Before a namespace is connected; may refuse. */
	public static final String NAMESPACE_CONNECT = "_OnNamespaceConnect";

	/** After a namespace was connected. */
	public static final String NAMESPACE_CONNECTED = "_OnNamespaceConnected";

	/** When a namespace is disconnected; may refuse only what a client asks for. */
	public static final String NAMESPACE_DISCONNECT = "_OnNamespaceDisconnect";

	/** Before a room is joined; may refuse. */
	public static final String ROOM_JOIN = "_OnRoomJoin";

	/** After a room was joined. */
	public static final String ROOM_JOINED = "_OnRoomJoined";

	/** Before a room is left; may refuse unless the leave is forced. */
	public static final String ROOM_LEAVE = "_OnRoomLeave";

	/** After a room was left. */
	public static final String ROOM_LEFT = "_OnRoomLeft";

	/** Any event that has no handler of its own, system events included. */
	public static final String ANY_EVENT = "_OnAnyEvent";

	/** A message without neffos structure, in the namespace with the empty name. */
	public static final String NATIVE_MESSAGE = "_OnNativeMessage";

	private SystemEvents() {
	}

	/**
	 * Whether a name belongs to the library.
	 * @param event a name of an event
	 * @return {@code true} if it is one of the constants of this class
	 */
	public static boolean isSystemEvent(String event) {
		return switch (event) {
			case NAMESPACE_CONNECT, NAMESPACE_CONNECTED, NAMESPACE_DISCONNECT, ROOM_JOIN, ROOM_JOINED, ROOM_LEAVE,
					ROOM_LEFT, ANY_EVENT, NATIVE_MESSAGE ->
				true;
			default -> false;
		};
	}

}
