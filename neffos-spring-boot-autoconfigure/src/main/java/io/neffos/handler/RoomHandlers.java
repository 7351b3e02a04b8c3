package io.neffos.handler;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.neffos.EventHandler;
import io.neffos.Message;
import io.neffos.NSConn;

/**
 * The handlers of one event that differ by room. The most specific one takes a message;
 * if none does, the message goes to the handler for any event, and otherwise counts as
 * not handled.
 */
final class RoomHandlers implements EventHandler {

	private final Map<RoomPattern, EventHandler> mostSpecificFirst;

	private final @Nullable EventHandler otherwise;

	RoomHandlers(Map<RoomPattern, EventHandler> handlers, @Nullable EventHandler otherwise) {
		this.mostSpecificFirst = new LinkedHashMap<>();
		handlers.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey(RoomPattern.MOST_SPECIFIC_FIRST))
			.forEach((entry) -> this.mostSpecificFirst.put(entry.getKey(), entry.getValue()));
		this.otherwise = otherwise;
	}

	@Override
	public @Nullable Object handle(NSConn conn, Message message) throws Exception {
		EventHandler handler = select(message.room());
		return (handler != null) ? handler.handle(conn, message) : NOT_HANDLED;
	}

	private @Nullable EventHandler select(String room) {
		for (Map.Entry<RoomPattern, EventHandler> entry : this.mostSpecificFirst.entrySet()) {
			if (entry.getKey().matches(room)) {
				return entry.getValue();
			}
		}
		return this.otherwise;
	}

	@Override
	public String toString() {
		return this.mostSpecificFirst.values().toString();
	}

}
