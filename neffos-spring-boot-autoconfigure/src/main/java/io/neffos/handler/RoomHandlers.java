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

	private final Map<RoomPattern, EventHandler> handlers;

	private final @Nullable EventHandler otherwise;

	RoomHandlers(Map<RoomPattern, EventHandler> handlers, @Nullable EventHandler otherwise) {
		this.handlers = new LinkedHashMap<>(handlers);
		this.otherwise = otherwise;
	}

	@Override
	public @Nullable Object handle(NSConn conn, Message message) throws Exception {
		EventHandler handler = select(message.room());
		return (handler != null) ? handler.handle(conn, message) : NOT_HANDLED;
	}

	private @Nullable EventHandler select(String room) {
		RoomPattern best = null;
		for (RoomPattern pattern : this.handlers.keySet()) {
			if (pattern.matches(room) && (best == null || isMoreSpecific(pattern, best, room))) {
				best = pattern;
			}
		}
		return (best != null) ? this.handlers.get(best) : this.otherwise;
	}

	private static boolean isMoreSpecific(RoomPattern pattern, RoomPattern other, String room) {
		if (pattern.isEvery() || other.isEvery()) {
			return other.isEvery();
		}
		return pattern.mostSpecificFor(room).compare(pattern, other) < 0;
	}

	@Override
	public String toString() {
		return this.handlers.values().toString();
	}

}
