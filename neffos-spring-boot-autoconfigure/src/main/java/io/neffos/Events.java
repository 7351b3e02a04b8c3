package io.neffos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one namespace does with its events. Immutable.
 *
 * @since 0.1.0
 */
public final class Events {

	private final Map<String, EventHandler> handlers;

	private final List<RoomAction> roomCreated;

	private final List<RoomAction> roomDestroyed;

	private final List<RoomAction> localRoomCreated;

	private final List<RoomAction> localRoomDestroyed;

	private final @Nullable Boolean relay;

	private final boolean roomCheck;

	private final @Nullable Overflow overflow;

	private Events(Builder builder) {
		this.handlers = Map.copyOf(builder.handlers);
		this.roomCreated = List.copyOf(builder.roomCreated);
		this.roomDestroyed = List.copyOf(builder.roomDestroyed);
		this.localRoomCreated = List.copyOf(builder.localRoomCreated);
		this.localRoomDestroyed = List.copyOf(builder.localRoomDestroyed);
		this.relay = builder.relay;
		this.roomCheck = builder.roomCheck;
		this.overflow = builder.overflow;
	}

	/**
	 * Begin to declare events.
	 * @return a builder without handlers
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The handler of an event: its own, else the one for any event.
	 * @param event the event
	 * @return the handler, or {@code null}
	 */
	public @Nullable EventHandler handler(String event) {
		EventHandler own = this.handlers.get(event);
		return (own != null) ? own : this.handlers.get(SystemEvents.ANY_EVENT);
	}

	/**
	 * The handlers by event.
	 * @return an immutable map
	 */
	public Map<String, EventHandler> handlers() {
		return this.handlers;
	}

	/**
	 * What is called when a room came into being in the cluster.
	 * @return an immutable list
	 */
	public List<RoomAction> roomCreated() {
		return this.roomCreated;
	}

	/**
	 * What is called when a room ceased to exist in the cluster.
	 * @return an immutable list
	 */
	public List<RoomAction> roomDestroyed() {
		return this.roomDestroyed;
	}

	/**
	 * What is called when a room came into being on this server.
	 * @return an immutable list
	 */
	public List<RoomAction> localRoomCreated() {
		return this.localRoomCreated;
	}

	/**
	 * What is called when a room ceased to exist on this server.
	 * @return an immutable list
	 */
	public List<RoomAction> localRoomDestroyed() {
		return this.localRoomDestroyed;
	}

	/**
	 * Whether messages of a member for its room, of an event without handler, are relayed
	 * to the members.
	 * @return the choice for this namespace, or {@code null} for the server's
	 */
	public @Nullable Boolean relay() {
		return this.relay;
	}

	/**
	 * Whether messages for a room that the sender has not joined are kept from handlers.
	 * @return {@code true} unless switched off
	 */
	public boolean roomCheck() {
		return this.roomCheck;
	}

	/**
	 * What becomes of events for a connection that does not keep up.
	 * @return the choice for this namespace, or {@code null} for the server's
	 */
	public @Nullable Overflow overflow() {
		return this.overflow;
	}

	/**
	 * Builds {@link Events}. Not for concurrent use.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final Map<String, EventHandler> handlers = new LinkedHashMap<>();

		private final List<RoomAction> roomCreated = new ArrayList<>();

		private final List<RoomAction> roomDestroyed = new ArrayList<>();

		private final List<RoomAction> localRoomCreated = new ArrayList<>();

		private final List<RoomAction> localRoomDestroyed = new ArrayList<>();

		private @Nullable Boolean relay;

		private boolean roomCheck = true;

		private @Nullable Overflow overflow;

		private Builder() {
		}

		/**
		 * Handle an event without answering it by a value.
		 * @param event the event, perhaps one of {@link SystemEvents}
		 * @param action what to do
		 * @return this builder
		 * @throws IllegalStateException if the event has a handler already
		 */
		public Builder on(String event, EventAction action) {
			return onAsk(event, new ActionHandler(action));
		}

		/**
		 * Handle an event and answer it by the value returned.
		 * @param event the event, perhaps one of {@link SystemEvents}
		 * @param handler what to do
		 * @return this builder
		 * @throws IllegalStateException if the event has a handler already
		 */
		public Builder onAsk(String event, EventHandler handler) {
			EventHandler other = this.handlers.putIfAbsent(event, handler);
			if (other != null) {
				throw new IllegalStateException(
						"Event '%s' has two handlers: %s and %s".formatted(event, other, handler));
			}
			return this;
		}

		/**
		 * Do something when a room came into being in the cluster, on one server of it.
		 * @param action what to do
		 * @return this builder
		 */
		public Builder onRoomCreated(RoomAction action) {
			this.roomCreated.add(action);
			return this;
		}

		/**
		 * Do something when a room ceased to exist in the cluster, on one server of it.
		 * @param action what to do
		 * @return this builder
		 */
		public Builder onRoomDestroyed(RoomAction action) {
			this.roomDestroyed.add(action);
			return this;
		}

		/**
		 * Do something when a room came into being on this server.
		 * @param action what to do
		 * @return this builder
		 */
		public Builder onLocalRoomCreated(RoomAction action) {
			this.localRoomCreated.add(action);
			return this;
		}

		/**
		 * Do something when a room ceased to exist on this server.
		 * @param action what to do
		 * @return this builder
		 */
		public Builder onLocalRoomDestroyed(RoomAction action) {
			this.localRoomDestroyed.add(action);
			return this;
		}

		/**
		 * Choose whether room messages of events without handler are relayed.
		 * @param value the choice, or {@code null} for the server's
		 * @return this builder
		 */
		public Builder relay(@Nullable Boolean value) {
			this.relay = value;
			return this;
		}

		/**
		 * Choose whether messages for rooms that the sender has not joined are kept from
		 * handlers.
		 * @param value {@code false} to let handlers see them
		 * @return this builder
		 */
		public Builder roomCheck(boolean value) {
			this.roomCheck = value;
			return this;
		}

		/**
		 * Choose what becomes of events for a connection that does not keep up. Has no
		 * effect in a client.
		 * @param value the choice, or {@code null} for the server's
		 * @return this builder
		 */
		public Builder overflow(@Nullable Overflow value) {
			this.overflow = value;
			return this;
		}

		/**
		 * Build the events.
		 * @return the events
		 */
		public Events build() {
			return new Events(this);
		}

	}

	private record ActionHandler(EventAction action) implements EventHandler {

		@Override
		public @Nullable Object handle(NSConn conn, Message message) throws Exception {
			this.action.handle(conn, message);
			return null;
		}

		@Override
		public String toString() {
			return this.action.toString();
		}

	}

}
