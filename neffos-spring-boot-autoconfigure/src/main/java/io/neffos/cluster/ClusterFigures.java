package io.neffos.cluster;

import java.time.Duration;
import java.util.List;

import io.neffos.ServerInfo;
import io.neffos.exchange.StackExchange;
import io.neffos.observe.ClusterStats;
import org.jspecify.annotations.Nullable;

/**
 * How this server does, as told to health, metrics and Actuator.
 *
 * @param exchange what reaches the others
 * @param echo whether it does
 * @param counters what was counted
 * @param standing the channels that are listened to always
 * @param rooms the channels that are listened to while there are members
 * @param view who else is there
 * @param host this server
 */
record ClusterFigures(StackExchange exchange, Echo echo, Counters counters, StandingChannels standing,
		RoomChannels rooms, ClusterView view, ClusterHost host) implements ClusterStats {

	@Override
	public boolean isAvailable() {
		return this.exchange.isAvailable() && !this.echo.isSilent();
	}

	@Override
	public long published() {
		return this.counters.published.sum();
	}

	@Override
	public long delivered() {
		return this.counters.delivered.sum();
	}

	@Override
	public long refused() {
		return this.counters.refused.sum();
	}

	@Override
	public long lost() {
		return this.counters.lost.sum();
	}

	@Override
	public long overrun() {
		return this.counters.overrun.sum();
	}

	@Override
	public long ignored() {
		return this.counters.ignored.sum() + this.view.ignored();
	}

	@Override
	public long reconnects() {
		return Math.max(0, this.counters.connects.get() - 1);
	}

	@Override
	public int subscriptions() {
		return this.rooms.size() + this.standing.names().size();
	}

	@Override
	public int servers() {
		return this.view.known().servers().size();
	}

	@Override
	public @Nullable Duration lastRoundTrip() {
		return this.echo.roundTrip();
	}

	@Override
	public List<ServerInfo> liveServers() {
		return this.view.known()
			.servers()
			.stream()
			.map((server) -> new ServerInfo(server.id(), server.name(), server.age(),
					server.own() ? this.host.connections() : server.connections(), server.own()))
			.toList();
	}

}
