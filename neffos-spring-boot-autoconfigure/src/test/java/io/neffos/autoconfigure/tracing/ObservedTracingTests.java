package io.neffos.autoconfigure.tracing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import brave.propagation.CurrentTraceContext;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.test.TestSpanHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.neffos.observe.Tracing;
import io.neffos.observe.Tracing.Crossing;
import io.neffos.observe.Tracing.Span;
import io.neffos.observe.Tracing.Trace;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/** Tests for {@link ObservedTracing} with a tracer as applications have them. */
class ObservedTracingTests {

	private static final Crossing BROADCAST = new Crossing(Crossing.BROADCAST, "chat", "lobby");

	private static final Crossing JOIN = new Crossing("join", "chat", "lobby");

	private final TestSpanHandler spans = new TestSpanHandler();

	private final CurrentTraceContext currentTrace = ThreadLocalCurrentTraceContext.create();

	private final brave.Tracing library = brave.Tracing.newBuilder()
		.currentTraceContext(this.currentTrace)
		.addSpanHandler(this.spans)
		.build();

	private final BraveTracer tracer = new BraveTracer(this.library.tracer(),
			new BraveCurrentTraceContext(this.currentTrace), new BraveBaggageManager());

	private final ObservationRegistry registry = registry();

	private final ObservedTracing tracing = new ObservedTracing(this.registry);

	private ObservationRegistry registry() {
		ObservationRegistry created = ObservationRegistry.create();
		BravePropagator propagator = new BravePropagator(this.library);
		created.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(this.tracer, propagator),
					new PropagatingReceiverTracingObservationHandler<>(this.tracer, propagator),
					new DefaultTracingObservationHandler(this.tracer)));
		return created;
	}

	@Test
	void traceGoesOnAtTheOtherServer() {
		Map<String, String> travelled = new HashMap<>();
		Observation.createNotStarted("request", this.registry).observe(() -> {
			Span span = Objects.requireNonNull(this.tracing.departs(BROADCAST));
			travelled.putAll(span.fields());
			span.end(null);
		});
		Span span = this.tracing.arrives(BROADCAST, travelled);
		String within = span.call(() -> Objects.requireNonNull(this.tracer.currentSpan()).context().traceId());
		assertThat(this.tracer.currentSpan()).isNull();
		span.end(null);
		MutableSpan sent = span("broadcast chat", Kind.PRODUCER);
		MutableSpan processed = span("broadcast chat", Kind.CONSUMER);
		assertThat(processed.traceId()).isEqualTo(sent.traceId()).isEqualTo(within);
		assertThat(processed.tags()).containsEntry("namespace", "chat")
			.containsEntry("room", "lobby")
			.containsEntry("operation", "broadcast");
		assertThat(sent.parentId()).isEqualTo(this.spans.spans()
			.stream()
			.filter((candidate) -> "request".equals(candidate.name()))
			.map(MutableSpan::id)
			.findAny()
			.orElseThrow());
	}

	@Test
	void commandIsARequestThatMayFail() {
		Observation.createNotStarted("request", this.registry)
			.observe(() -> Objects.requireNonNull(this.tracing.departs(JOIN)).end(new IllegalStateException("no")));
		assertThat(span("join chat", Kind.CLIENT).error()).hasMessage("no");
		this.tracing.arrives(JOIN, Map.of()).end(null);
		assertThat(span("join chat", Kind.SERVER).error()).isNull();
	}

	@Test
	void whatIsInNoTraceMakesNone() {
		assertThat(this.tracing.departs(BROADCAST)).isNull();
		assertThat(this.tracing.current()).isNull();
		assertThat(this.spans.spans()).isEmpty();
	}

	@Test
	void anotherThreadGoesOnInTheTrace() throws Exception {
		Observation observation = Observation.start("request", this.registry);
		Trace trace;
		Observation.Scope scope = observation.openScope();
		try {
			trace = Objects.requireNonNull(this.tracing.current());
		}
		finally {
			scope.close();
		}
		String[] seen = new String[1];
		Thread other = new Thread(
				() -> seen[0] = trace.call(() -> Objects.requireNonNull(this.tracer.currentSpan()).context().spanId()));
		other.start();
		other.join(10_000);
		observation.stop();
		assertThat(seen[0]).isEqualTo(this.spans.get(0).id());
	}

	private MutableSpan span(String name, Kind kind) {
		List<MutableSpan> found = this.spans.spans()
			.stream()
			.filter((candidate) -> name.equals(candidate.name()) && candidate.kind() == kind)
			.toList();
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	@Test
	void isConfiguredWhereThereAreObservations() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(NeffosTracingAutoConfiguration.class));
		runner.run((context) -> assertThat(context).doesNotHaveBean(Tracing.class));
		runner = runner.withBean(ObservationRegistry.class, ObservationRegistry::create);
		runner.run((context) -> assertThat(context).hasSingleBean(ObservedTracing.class));
		runner.withBean(Tracing.class, () -> mock(Tracing.class))
			.run((context) -> assertThat(context).hasSingleBean(Tracing.class).doesNotHaveBean(ObservedTracing.class));
		runner.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
			.run((context) -> assertThat(context).doesNotHaveBean(Tracing.class));
	}

	@Test
	void isTurnedOffAsOtherObservationsAre() {
		assertThat(observed()).containsExactly("request", "neffos.exchange.send");
		assertThat(observed("management.observations.enable.neffos=false")).containsExactly("request");
	}

	/** What an application of Spring Boot observes of a broadcast within a request. */
	private static List<String> observed(String... properties) {
		List<String> names = new ArrayList<>();
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ObservationAutoConfiguration.class, NeffosTracingAutoConfiguration.class))
			.withBean(ObservationHandler.class, () -> new Names(names))
			.withPropertyValues(properties)
			.run((context) -> Observation.createNotStarted("request", context.getBean(ObservationRegistry.class))
				.observe(() -> Objects.requireNonNull(context.getBean(Tracing.class).departs(BROADCAST)).end(null)));
		return names;
	}

	/** Writes down what starts. */
	private record Names(List<String> names) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			this.names.add(context.getName());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
