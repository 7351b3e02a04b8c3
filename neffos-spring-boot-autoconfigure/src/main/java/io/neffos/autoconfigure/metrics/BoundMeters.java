package io.neffos.autoconfigure.metrics;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neffos.Overflow;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.observe.NeffosObserver.HandlerOutcome;
import io.neffos.observe.NeffosObserver.JoinOutcome;
import io.neffos.transport.CloseCause;
import org.jspecify.annotations.Nullable;

/**
 * Counters and timers in one registry, found once: a message costs a look into a small
 * map by its namespace and not a search of the registry.
 */
final class BoundMeters {

	private final MeterRegistry registry;

	private final String prefix;

	private final Map<String, NamespaceMeters> namespaces = new ConcurrentHashMap<>();

	private final Map<CloseCause, Counter> closed;

	private final Map<DropReason, Counter> dropped;

	private final Counter outboxOverflow;

	/**
	 * Register the meters.
	 * @param registry where
	 * @param prefix what their names begin with
	 * @param namespaces the namespaces whose meters are to be there before anything
	 * happens
	 */
	BoundMeters(MeterRegistry registry, String prefix, Collection<String> namespaces) {
		this.registry = registry;
		this.prefix = prefix;
		this.closed = counters(CloseCause.class,
				(cause) -> Counter.builder(prefix + "closed")
					.description("Connections that have ended, by who or what ended them")
					.baseUnit("connections")
					.tag("reason", Tags.valueOf(cause))
					.register(registry));
		this.dropped = counters(DropReason.class,
				(reason) -> Counter.builder(prefix + "messages.dropped")
					.description("Messages that were dropped without an answer")
					.baseUnit("messages")
					.tag("reason", Tags.valueOf(reason))
					.register(registry));
		this.outboxOverflow = Counter.builder(prefix + "outbox.overflow")
			.description("Connections that were given up because they read less than was sent to them")
			.baseUnit("connections")
			.register(registry);
		namespaces.forEach(this::namespace);
	}

	void closed(CloseCause cause) {
		count(this.closed, cause, 1);
	}

	void dropped(DropReason reason) {
		count(this.dropped, reason, 1);
	}

	void outboxOverflow() {
		this.outboxOverflow.increment();
	}

	void join(String namespace, JoinOutcome outcome) {
		count(namespace(namespace).joins, outcome, 1);
	}

	void received(String namespace) {
		namespace(namespace).received.increment();
	}

	void sent(String namespace, int count) {
		namespace(namespace).sent.increment(count);
	}

	void overflowDropped(String namespace, Overflow policy, int count) {
		count(namespace(namespace).overflow, policy, count);
	}

	void handled(String namespace, String event, HandlerOutcome outcome, long nanos) {
		Timer timer = namespace(namespace).handlers(event).get(outcome);
		if (timer != null) {
			timer.record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	private NamespaceMeters namespace(String name) {
		NamespaceMeters meters = this.namespaces.get(name);
		return (meters != null) ? meters
				: this.namespaces.computeIfAbsent(name, (key) -> new NamespaceMeters(this.registry, this.prefix, key));
	}

	private static <E extends Enum<E>> void count(Map<E, Counter> counters, E value, int amount) {
		Counter counter = counters.get(value);
		if (counter != null) {
			counter.increment(amount);
		}
	}

	private static <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, Function<E, Counter> factory) {
		return counters(type, EnumSet.allOf(type), factory);
	}

	private static <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, Set<E> values,
			Function<E, Counter> factory) {
		Map<E, Counter> counters = new EnumMap<>(type);
		values.forEach((value) -> counters.put(value, factory.apply(value)));
		return counters;
	}

	/** What is counted for one namespace. */
	private static final class NamespaceMeters {

		private final MeterRegistry registry;

		private final String prefix;

		private final String name;

		private final Counter received;

		private final Counter sent;

		private final Map<JoinOutcome, Counter> joins;

		private final Map<Overflow, Counter> overflow;

		private final Map<String, Map<HandlerOutcome, Timer>> handlers = new ConcurrentHashMap<>();

		NamespaceMeters(MeterRegistry registry, String prefix, String name) {
			this.registry = registry;
			this.prefix = prefix;
			this.name = name;
			this.received = Counter.builder(prefix + "messages.received")
				.description("Messages that arrived")
				.baseUnit("messages")
				.tag(Tags.NAMESPACE, name)
				.register(registry);
			this.sent = Counter.builder(prefix + "messages.sent")
				.description("Messages that were queued for connections")
				.baseUnit("messages")
				.tag(Tags.NAMESPACE, name)
				.register(registry);
			this.joins = counters(JoinOutcome.class,
					(outcome) -> Counter.builder(prefix + "joins")
						.description("Joins of rooms, by how they ended")
						.tag(Tags.NAMESPACE, name)
						.tag(Tags.OUTCOME, Tags.valueOf(outcome))
						.register(registry));
			this.overflow = counters(Overflow.class, EnumSet.complementOf(EnumSet.of(Overflow.CLOSE)),
					(policy) -> Counter.builder(prefix + "outbox.dropped")
						.description("Messages that were dropped for connections that read less than was sent to them")
						.baseUnit("messages")
						.tag(Tags.NAMESPACE, name)
						.tag("policy", Tags.valueOf(policy))
						.register(registry));
		}

		Map<HandlerOutcome, Timer> handlers(String event) {
			@Nullable Map<HandlerOutcome, Timer> timers = this.handlers.get(event);
			return (timers != null) ? timers : this.handlers.computeIfAbsent(event, this::timers);
		}

		private Map<HandlerOutcome, Timer> timers(String event) {
			Map<HandlerOutcome, Timer> timers = new EnumMap<>(HandlerOutcome.class);
			for (HandlerOutcome outcome : HandlerOutcome.values()) {
				timers.put(outcome,
						Timer.builder(this.prefix + "handler")
							.description("Time that handlers ran")
							.tag(Tags.NAMESPACE, this.name)
							.tag("event", event)
							.tag(Tags.OUTCOME, Tags.valueOf(outcome))
							.register(this.registry));
			}
			return timers;
		}

	}

}
