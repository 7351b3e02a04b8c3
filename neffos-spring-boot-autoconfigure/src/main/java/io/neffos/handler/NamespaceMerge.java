package io.neffos.handler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.Overflow;
import io.neffos.RoomAction;
import io.neffos.SystemEvents;

/**
 * One namespace as all its declarations together make it.
 */
final class NamespaceMerge {

	private final String namespace;

	private final Map<String, Map<String, Declaration>> events = new LinkedHashMap<>();

	private final List<RoomAction> roomCreated = new ArrayList<>();

	private final List<RoomAction> roomDestroyed = new ArrayList<>();

	private final List<RoomAction> localRoomCreated = new ArrayList<>();

	private final List<RoomAction> localRoomDestroyed = new ArrayList<>();

	private @Nullable Claim<Boolean> relay;

	private @Nullable Claim<Boolean> roomCheck;

	private @Nullable Claim<Overflow> overflow;

	NamespaceMerge(String namespace) {
		this.namespace = namespace;
	}

	void relay(@Nullable Claim<Boolean> claim) {
		this.relay = Claim.agree(this.relay, claim, "relay", this.namespace);
	}

	void roomCheck(@Nullable Claim<Boolean> claim) {
		this.roomCheck = Claim.agree(this.roomCheck, claim, "the room check", this.namespace);
	}

	void overflow(@Nullable Claim<Overflow> claim) {
		this.overflow = Claim.agree(this.overflow, claim, "overflow", this.namespace);
	}

	void event(String event, RoomPattern pattern, EventHandler handler, String source) {
		Declaration other = this.events.computeIfAbsent(event, (key) -> new LinkedHashMap<>())
			.putIfAbsent(pattern.key(), new Declaration(pattern, handler, source));
		if (other != null) {
			String rooms = pattern.isEvery() ? "" : " of rooms '" + other.pattern + "'";
			throw new InvalidHandlerException(
					"Event '%s'%s of namespace '%s' has two handlers: %s and %s".formatted(event, rooms, this.namespace,
							other.source, source),
					"Remove one of them, or let them differ by the pattern of their rooms.");
		}
	}

	void roomCreated(RoomAction action) {
		this.roomCreated.add(action);
	}

	void roomDestroyed(RoomAction action) {
		this.roomDestroyed.add(action);
	}

	void localRoomCreated(RoomAction action) {
		this.localRoomCreated.add(action);
	}

	void localRoomDestroyed(RoomAction action) {
		this.localRoomDestroyed.add(action);
	}

	Events build() {
		Events.Builder builder = Events.builder();
		EventHandler any = merge(SystemEvents.ANY_EVENT, null);
		this.events.keySet().forEach((event) -> {
			EventHandler handler = event.equals(SystemEvents.ANY_EVENT) ? any : merge(event, any);
			if (handler != null) {
				builder.onAsk(event, handler);
			}
		});
		this.roomCreated.forEach(builder::onRoomCreated);
		this.roomDestroyed.forEach(builder::onRoomDestroyed);
		this.localRoomCreated.forEach(builder::onLocalRoomCreated);
		this.localRoomDestroyed.forEach(builder::onLocalRoomDestroyed);
		return builder.relay((this.relay != null) ? this.relay.value() : null)
			.roomCheck(this.roomCheck == null || this.roomCheck.value())
			.overflow((this.overflow != null) ? this.overflow.value() : null)
			.build();
	}

	private @Nullable EventHandler merge(String event, @Nullable EventHandler otherwise) {
		Map<String, Declaration> declared = this.events.getOrDefault(event, Map.of());
		if (declared.size() == 1) {
			Declaration only = declared.values().iterator().next();
			if (only.pattern.isEvery()) {
				return only.handler;
			}
		}
		Map<RoomPattern, EventHandler> handlers = new LinkedHashMap<>();
		declared.values().forEach((declaration) -> handlers.put(declaration.pattern, declaration.handler));
		return handlers.isEmpty() ? null : new RoomHandlers(handlers, otherwise);
	}

	private record Declaration(RoomPattern pattern, EventHandler handler, String source) {

	}

}
