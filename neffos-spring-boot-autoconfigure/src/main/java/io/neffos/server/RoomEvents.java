package io.neffos.server;

import io.neffos.LocalRoomCreated;
import io.neffos.LocalRoomDestroyed;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;

/**
 * Where the application learns that rooms came and went.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RoomEvents {

	/**
	 * Tell the application. Runs on a thread for handlers, one event of a namespace at a
	 * time; the join or leave that caused it waits.
	 * @param event a {@link RoomCreated}, {@link RoomDestroyed}, {@link LocalRoomCreated}
	 * or {@link LocalRoomDestroyed}
	 */
	void publish(Object event);

	/**
	 * Whether anybody would learn of an event that is published now. Asked for each join
	 * and leave, by the thread that reads: it is quick and does not block.
	 * @return {@code false} only if nobody listens, so that nothing need be published and
	 * nobody waits
	 */
	default boolean hasListeners() {
		return true;
	}

}
