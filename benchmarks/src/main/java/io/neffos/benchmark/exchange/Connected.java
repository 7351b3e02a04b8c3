package io.neffos.benchmark.exchange;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.neffos.benchmark.Load;
import org.jspecify.annotations.Nullable;

/** Looks at two servers and their broker while connections are there and are silent. */
final class Connected implements Load.Steps {

	private final Pair pair;

	private final ExchangePeer peer;

	private final Size size;

	private final Usage first;

	private final Usage second;

	private Broker.State before;

	private long memoryBefore;

	private final Map<String, Double> figures = new LinkedHashMap<>();

	private final Counting told = new Counting();

	private @Nullable Exchanges listening;

	/**
	 * Look at servers that nobody is connected to yet.
	 * @param pair the servers
	 * @param peer whose they are
	 * @param size how much there will be
	 */
	Connected(Pair pair, ExchangePeer peer, Size size) throws IOException, InterruptedException {
		this.pair = pair;
		this.peer = peer;
		this.size = size;
		this.first = Usage.of(pair.first().pid());
		this.second = Usage.of(pair.second().pid());
		this.before = pair.broker().state();
	}

	@Override
	public void at(String step) throws IOException, InterruptedException {
		if (step.equals("setup")) {
			settled(this.size.rooms());
			silent(this.size.rooms());
			double grown = Usage.of(this.pair.first().pid()).residentKilobytes() - this.first.residentKilobytes()
					+ Usage.of(this.pair.second().pid()).residentKilobytes() - this.second.residentKilobytes();
			this.figures.put("memory of both servers, KB/WebSocket", grown / this.size.connections());
			if (this.peer.ours()) {
				this.listening = Exchanges.listen(this.peer.broker(), this.pair.broker().port(), Exchanges.ALL,
						this.told);
			}
		}
		else if (step.equals("joined")) {
			if (this.listening != null) {
				this.listening.close();
				this.figures.put("told to all servers while members join, bytes/membership",
						(double) this.told.bytes() / this.size.memberships());
			}
			settled(this.size.roomsAfter());
			silent(this.size.roomsAfter());
		}
	}

	private void settled(int rooms) throws IOException, InterruptedException {
		Broker.State state = this.pair.broker().state();
		this.figures.put(with(rooms, "connections of the broker"), (double) state.connections());
		this.figures.put(with(rooms, "subscriptions at the broker"), (double) state.subscriptions());
		long memory = Usage.of(this.pair.broker().pid()).residentKilobytes();
		this.figures.put(with(rooms, "memory of the broker, MB"), memory / 1024.0);
		long more = state.subscriptions() - this.before.subscriptions();
		if (rooms == this.size.roomsAfter() && more > 0) {
			this.figures.put("memory of the broker for each of the subscriptions that were added, bytes",
					(memory - this.memoryBefore) * 1024.0 / more);
		}
		this.before = state;
		this.memoryBefore = memory;
	}

	private void silent(int rooms) throws IOException, InterruptedException {
		Broker.State state = this.pair.broker().state();
		long began = System.nanoTime();
		TimeUnit.SECONDS.sleep(this.size.silentSeconds());
		double seconds = (System.nanoTime() - began) / 1e9;
		Broker.State after = this.pair.broker().state();
		this.figures.put(with(rooms, "to the broker in silence, bytes/s"),
				(after.bytesIn() - state.bytesIn()) / seconds);
		this.figures.put(with(rooms, "from the broker in silence, bytes/s"),
				(after.bytesOut() - state.bytesOut()) / seconds);
	}

	private static String with(int rooms, String what) {
		return "%,d rooms: %s".formatted(rooms, what);
	}

	/** What was found, by what it is and its unit, in the order in which it is shown. */
	Map<String, Double> figures() {
		return this.figures;
	}

	/**
	 * How much there is.
	 *
	 * @param connections how many WebSockets, half of them on each server
	 * @param joins how many further rooms each of them joins
	 * @param silentSeconds how long it is silent, twice
	 */
	record Size(int connections, int joins, int silentSeconds) {

		private static final int MEMBERS = 10;

		int rooms() {
			return this.connections / MEMBERS;
		}

		int memberships() {
			return this.connections * this.joins;
		}

		int roomsAfter() {
			return rooms() + memberships() / MEMBERS;
		}

	}

}
