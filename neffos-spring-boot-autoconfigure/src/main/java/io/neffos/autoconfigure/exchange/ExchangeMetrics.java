package io.neffos.autoconfigure.exchange;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.neffos.observe.ClusterStats;

/**
 * Meters of what goes to other servers and comes from them. The only tag is the reason of
 * a drop, of which there are four.
 */
final class ExchangeMetrics implements MeterBinder {

	private static final String PREFIX = "neffos.exchange.";

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private final ClusterStats stats;

	ExchangeMetrics(ClusterStats stats) {
		this.stats = stats;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(PREFIX + "publishes", this.stats, ClusterStats::published)
			.description("Messages for other servers that the exchange has taken")
			.baseUnit("messages")
			.register(registry);
		FunctionCounter.builder(PREFIX + "deliveries", this.stats, ClusterStats::delivered)
			.description("Messages of other servers that arrived")
			.baseUnit("messages")
			.register(registry);
		dropped(registry, "refused", ClusterStats::refused);
		dropped(registry, "lost", ClusterStats::lost);
		dropped(registry, "overrun", ClusterStats::overrun);
		dropped(registry, "ignored", ClusterStats::ignored);
		FunctionCounter.builder(PREFIX + "reconnects", this.stats, ClusterStats::reconnects)
			.description("How often the broker was reached again")
			.register(registry);
		TimeGauge.builder(PREFIX + "round.trip", this.stats, TimeUnit.SECONDS, ExchangeMetrics::roundTrip)
			.description("Time of the last message from this server over the broker and back")
			.strongReference(true)
			.register(registry);
		Gauge.builder(PREFIX + "subscriptions", this.stats, ClusterStats::subscriptions)
			.description("Channels that are wanted now")
			.baseUnit("channels")
			.strongReference(true)
			.register(registry);
		Gauge.builder(PREFIX + "servers", this.stats, ClusterStats::servers)
			.description("Servers that are alive now, this one included")
			.baseUnit("servers")
			.strongReference(true)
			.register(registry);
	}

	private void dropped(MeterRegistry registry, String reason, ToDoubleFunction<ClusterStats> count) {
		FunctionCounter.builder(PREFIX + "dropped", this.stats, count)
			.description("Messages between servers that were dropped, as far as is known")
			.baseUnit("messages")
			.tag("reason", reason)
			.register(registry);
	}

	private static double roundTrip(ClusterStats stats) {
		Duration last = stats.lastRoundTrip();
		return (last != null) ? last.toNanos() / NANOS_PER_SECOND : Double.NaN;
	}

}
