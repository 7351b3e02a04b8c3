package io.neffos;

/**
 * Called when a room came into being or ceased to exist. For one room the two calls
 * strictly alternate, and they never overlap. Runs on the application's executor; the
 * join or leave that caused it continues afterwards.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RoomAction {

	/**
	 * Handle the room.
	 * @param room the room
	 * @throws Exception is logged and has no other effect
	 */
	void handle(RoomInfo room) throws Exception;

}
