package io.neffos.autoconfigure.exchange;

import java.time.Duration;

import io.neffos.exchange.StackExchange;
import io.neffos.observe.ClusterStats;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether this server reaches the others. Asks nobody: it tells what was noticed last.
 */
final class ExchangeHealthIndicator extends AbstractHealthIndicator {

	private final StackExchange exchange;

	private final ClusterStats stats;

	private final Status away;

	ExchangeHealthIndicator(StackExchange exchange, ClusterStats stats, NeffosExchangeProperties.Health away) {
		super("The health of the neffos exchange cannot be told");
		this.exchange = exchange;
		this.stats = stats;
		this.away = switch (away) {
			case DOWN -> Status.DOWN;
			case UNKNOWN -> Status.UNKNOWN;
		};
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.status(this.stats.isAvailable() ? Status.UP : this.away);
		this.exchange.details().forEach(builder::withDetail);
		builder.withDetail("servers", this.stats.servers())
			.withDetail("subscriptions", this.stats.subscriptions())
			.withDetail("reconnects", this.stats.reconnects());
		Duration roundTrip = this.stats.lastRoundTrip();
		if (roundTrip != null) {
			builder.withDetail("roundTrip", roundTrip.toString());
		}
	}

}
