package io.neffos.autoconfigure.tracing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.neffos.observe.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each crossing that belongs to one, so that whatever the
 * application uses for traces writes and reads the fields. What begins outside of any
 * observation is not observed: at the rates of a room that would be noise.
 */
final class ObservedTracing implements Tracing {

	private static final String SEND = "neffos.exchange.send";

	private static final String PROCESS = "neffos.exchange.process";

	private final ObservationRegistry registry;

	ObservedTracing(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public @Nullable Span departs(Crossing crossing) {
		if (this.registry.getCurrentObservation() == null) {
			return null;
		}
		Map<String, String> fields = new LinkedHashMap<>();
		SenderContext<Map<String, String>> context = new SenderContext<>(
				(carrier, name, value) -> fields.put(name, value), isBroadcast(crossing) ? Kind.PRODUCER : Kind.CLIENT);
		context.setCarrier(fields);
		return new ObservedSpan(start(SEND, crossing, context), fields);
	}

	@Override
	public Span arrives(Crossing crossing, Map<String, String> fields) {
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>((carrier, name) -> fields.get(name),
				isBroadcast(crossing) ? Kind.CONSUMER : Kind.SERVER);
		context.setCarrier(fields);
		return new ObservedSpan(start(PROCESS, crossing, context), fields);
	}

	private Observation start(String name, Crossing crossing, Observation.Context context) {
		return Observation.createNotStarted(name, () -> context, this.registry)
			.contextualName((crossing.operation() + " " + crossing.namespace()).trim())
			.lowCardinalityKeyValue("operation", crossing.operation())
			.lowCardinalityKeyValue("namespace", crossing.namespace())
			.highCardinalityKeyValue("room", crossing.room())
			.start();
	}

	private static boolean isBroadcast(Crossing crossing) {
		return crossing.operation().equals(Crossing.BROADCAST);
	}

	@Override
	public @Nullable Trace current() {
		Observation observation = this.registry.getCurrentObservation();
		return (observation != null) ? new ObservedTrace(observation) : null;
	}

	/** Goes on in an observation that somebody else ends. */
	private record ObservedTrace(Observation observation) implements Trace {

		@Override
		public <T extends @Nullable Object> T call(Supplier<T> task) {
			Observation.Scope scope = this.observation.openScope();
			try {
				return task.get();
			}
			finally {
				scope.close();
			}
		}

	}

	/**
	 * An observation of one crossing.
	 *
	 * @param observation started
	 * @param fields what continues it
	 */
	private record ObservedSpan(Observation observation, Map<String, String> fields) implements Span {

		@Override
		public <T extends @Nullable Object> T call(Supplier<T> task) {
			return new ObservedTrace(this.observation).call(task);
		}

		@Override
		public void end(@Nullable Throwable failure) {
			if (failure != null) {
				this.observation.error(failure);
			}
			this.observation.stop();
		}

	}

}
