package io.neffos.benchmark.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.neffos.benchmark.Histogram;
import io.neffos.benchmark.Load;
import org.jspecify.annotations.Nullable;

/** Looks at a server of ours while rooms come up on the other one only. */
final class Elsewhere implements Load.Steps {

	private static final int CONNECTIONS = 1000;

	private static final int MEMBERS = 10;

	/** Longer than a digest takes. */
	private static final long SETTLE_MILLIS = 1000;

	private final Pair pair;

	private final BrokerKind kind;

	private final int rooms;

	private final Path histogram;

	private final Counting told = new Counting();

	private final Map<String, Double> figures = new LinkedHashMap<>();

	private @Nullable Exchanges listening;

	private long heap;

	private double cpu;

	/**
	 * Look at two servers.
	 * @param pair the servers
	 * @param kind what is between them
	 * @param rooms how many rooms there will be, a multiple of 100
	 * @param histogram where the server writes what lives on its heap
	 */
	Elsewhere(Pair pair, BrokerKind kind, int rooms, Path histogram) {
		this.pair = pair;
		this.kind = kind;
		this.rooms = rooms;
		this.histogram = histogram.toAbsolutePath();
	}

	/** The load generator's arguments, which make it know the second server only. */
	List<String> load() {
		return List.of("--port", String.valueOf(this.pair.second().port()), "--scenario", "members", "--n",
				String.valueOf(CONNECTIONS), "--rooms", String.valueOf(CONNECTIONS / MEMBERS), "--joins",
				String.valueOf(this.rooms * MEMBERS / CONNECTIONS));
	}

	@Override
	public void at(String step) throws IOException, InterruptedException {
		if (step.equals("setup")) {
			TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
			this.heap = heap();
			this.listening = Exchanges.listen(this.kind, this.pair.broker().port(), Exchanges.ALL, this.told);
			this.cpu = Usage.of(this.pair.first().pid()).cpuSeconds();
		}
		else if (step.equals("joined") && this.listening != null) {
			TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
			double used = Usage.of(this.pair.first().pid()).cpuSeconds() - this.cpu;
			this.listening.close();
			this.figures.put("heap of a server for each room elsewhere, bytes",
					(double) (heap() - this.heap) / this.rooms);
			this.figures.put("told for each room, bytes", (double) this.told.bytes() / this.rooms);
			this.figures.put("messages that told it", (double) this.told.messages());
			this.figures.put("CPU of the server that hears it, us/room", used * 1e6 / this.rooms);
		}
	}

	private long heap() throws IOException, InterruptedException {
		this.pair.first().ask("heap " + this.histogram);
		return Histogram.read(this.histogram).total();
	}

	/** What was found, by what it is and its unit, in the order in which it is shown. */
	Map<String, Double> figures() {
		return this.figures;
	}

}
