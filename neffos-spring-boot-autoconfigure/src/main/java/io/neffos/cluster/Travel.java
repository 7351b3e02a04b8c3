package io.neffos.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.neffos.observe.Tracing;
import io.neffos.observe.Tracing.Crossing;
import io.neffos.observe.Tracing.Span;

/**
 * What goes to other servers and comes from them, within the traces it belongs to.
 *
 * @param tracing knows the traces
 */
record Travel(Tracing tracing) {

	/** Send a delivery, with the fields of its trace. */
	boolean depart(Delivery delivery, Function<Map<String, String>, Boolean> send) {
		Span span = this.tracing.departs(crossing(delivery));
		if (span == null) {
			return send.apply(Map.of());
		}
		try {
			return send.apply(TraceFields.bounded(span.fields()));
		}
		finally {
			span.end(null);
		}
	}

	/** Send a call, with the fields of a trace that ends when it was answered. */
	<T> CompletableFuture<T> depart(Call call, Function<Map<String, String>, CompletableFuture<T>> send) {
		Span span = this.tracing.departs(crossing(call));
		if (span == null) {
			return send.apply(Map.of());
		}
		CompletableFuture<T> result = send.apply(TraceFields.bounded(span.fields()));
		result.whenComplete((value, failure) -> span.end(failure));
		return result;
	}

	/** Deliver within the trace of the other server. */
	void arrive(Delivery delivery, Map<String, String> fields, Runnable deliver) {
		Span span = fields.isEmpty() ? null : this.tracing.arrives(crossing(delivery), fields);
		if (span == null) {
			deliver.run();
			return;
		}
		try {
			span.call(() -> {
				deliver.run();
				return true;
			});
		}
		finally {
			span.end(null);
		}
	}

	/** Do what is called for within the trace of the other server. */
	<T> CompletableFuture<T> arrive(Call call, Map<String, String> fields, Supplier<CompletableFuture<T>> serve) {
		Span span = fields.isEmpty() ? null : this.tracing.arrives(crossing(call), fields);
		if (span == null) {
			return serve.get();
		}
		CompletableFuture<T> result = span.call(serve);
		result.whenComplete((value, failure) -> span.end(failure));
		return result;
	}

	private static Crossing crossing(Delivery delivery) {
		return new Crossing(Crossing.BROADCAST, delivery.namespace(), delivery.room());
	}

	private static Crossing crossing(Call call) {
		return new Crossing(call.kind().name().toLowerCase(Locale.ROOT), call.target().namespace(),
				call.target().room());
	}

}
