package io.neffos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The namespaces a server or a client declares, each with its {@link Events}, and what it
 * does when connections open and close. Immutable.
 *
 * @since 0.1.0
 */
public final class Namespaces {

	private final Map<String, Events> events;

	private final List<ConnAction> onConnect;

	private final List<ConnAction> onDisconnect;

	private Namespaces(Builder builder) {
		this.events = Map.copyOf(builder.events);
		this.onConnect = List.copyOf(builder.onConnect);
		this.onDisconnect = List.copyOf(builder.onDisconnect);
	}

	/**
	 * Begin to declare namespaces.
	 * @return a builder without namespaces
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The names that are declared.
	 * @return an immutable set
	 */
	public Set<String> names() {
		return this.events.keySet();
	}

	/**
	 * The events of a namespace.
	 * @param namespace its name
	 * @return the events, or {@code null} if it is not declared
	 */
	public @Nullable Events events(String namespace) {
		return this.events.get(namespace);
	}

	/**
	 * What is called when a connection opens, in order; each may refuse it.
	 * @return an immutable list
	 */
	public List<ConnAction> onConnect() {
		return this.onConnect;
	}

	/**
	 * What is called when a connection has closed, in order.
	 * @return an immutable list
	 */
	public List<ConnAction> onDisconnect() {
		return this.onDisconnect;
	}

	/**
	 * Whether native messages are accepted: the namespace with the empty name handles
	 * them (protocol section 12).
	 * @return {@code true} if so
	 */
	public boolean acceptsNative() {
		Events empty = this.events.get("");
		return empty != null && empty.handlers().containsKey(SystemEvents.NATIVE_MESSAGE);
	}

	/**
	 * Whether nothing but native messages is handled, so that there is no acknowledgement
	 * and every WebSocket message is a body (protocol section 12).
	 * @return {@code true} if so
	 */
	public boolean isNativeOnly() {
		Events empty = this.events.get("");
		return this.events.size() == 1 && empty != null && empty.handlers().size() == 1 && acceptsNative();
	}

	/**
	 * Builds {@link Namespaces}. Not for concurrent use.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final Map<String, Events> events = new LinkedHashMap<>();

		private final List<ConnAction> onConnect = new ArrayList<>();

		private final List<ConnAction> onDisconnect = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Declare a namespace.
		 * @param name its name
		 * @param customizer says what it does with its events
		 * @return this builder
		 * @throws IllegalStateException if it is declared already
		 */
		public Builder namespace(String name, Consumer<Events.Builder> customizer) {
			Events.Builder builder = Events.builder();
			customizer.accept(builder);
			return namespace(name, builder.build());
		}

		/**
		 * Declare a namespace.
		 * @param name its name
		 * @param declared what it does with its events
		 * @return this builder
		 * @throws IllegalStateException if it is declared already
		 */
		public Builder namespace(String name, Events declared) {
			if (this.events.putIfAbsent(name, declared) != null) {
				throw new IllegalStateException("Namespace '%s' is declared twice".formatted(name));
			}
			return this;
		}

		/**
		 * Do something when a connection opens. An exception refuses it.
		 * @param action what to do
		 * @return this builder
		 */
		public Builder onConnect(ConnAction action) {
			this.onConnect.add(action);
			return this;
		}

		/**
		 * Do something when a connection that was not refused has closed.
		 * @param action what to do
		 * @return this builder
		 */
		public Builder onDisconnect(ConnAction action) {
			this.onDisconnect.add(action);
			return this;
		}

		/**
		 * Build the namespaces.
		 * @return the namespaces
		 */
		public Namespaces build() {
			return new Namespaces(this);
		}

	}

}
