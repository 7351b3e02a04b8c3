package io.neffos.benchmark.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What it costs a broker to give one message to several servers. The servers are clients
 * of it in the benchmark's own process, made as our servers make theirs.
 */
final class FanOut {

	private static final List<Integer> RECEIVERS = List.of(1, 2, 4, 8);

	private static final String CHANNEL = "benchmark.fan-out";

	/** A body of 128 bytes with what is around it. */
	private static final int BYTES = 200;

	private static final int BURST = 10;

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

	private static final double MICROS = 1e6;

	private final BrokerKind kind;

	private final double seconds;

	/**
	 * Of a broker that will be started.
	 * @param kind what it is
	 * @param seconds how long each number of servers takes
	 */
	FanOut(BrokerKind kind, double seconds) {
		this.kind = kind;
		this.seconds = seconds;
	}

	/**
	 * Measure.
	 * @param directory where the broker's output goes
	 * @return figures by what they are and their unit, in the order in which they are
	 * shown
	 */
	Map<String, Double> figures(Path directory) throws IOException, InterruptedException {
		Map<String, Double> figures = new LinkedHashMap<>();
		List<Double> costs = new ArrayList<>();
		long lost = 0;
		try (Broker broker = this.kind.start(directory)) {
			for (int receivers : RECEIVERS) {
				Result result = measure(broker, receivers);
				costs.add(result.cpu());
				lost += result.lost();
				figures.put("CPU of the broker with %d receiving, us/message".formatted(receivers), result.cpu());
			}
		}
		figures.put("of it for each that receives, us", slope(costs));
		figures.put("lost", (double) lost);
		return figures;
	}

	private Result measure(Broker broker, int receivers) throws IOException, InterruptedException {
		Counting counting = new Counting();
		List<Exchanges> open = new ArrayList<>();
		try {
			Exchanges sender = Exchanges.connect(this.kind, broker.port(), new Counting());
			open.add(sender);
			for (int i = 0; i < receivers; i++) {
				open.add(Exchanges.listen(this.kind, broker.port(), CHANNEL, counting));
			}
			publish(sender, this.seconds / 3);
			TimeUnit.MILLISECONDS.sleep(200);
			long before = counting.messages();
			double cpu = Usage.of(broker.pid()).cpuSeconds();
			long sent = publish(sender, this.seconds);
			long end = System.nanoTime() + PATIENCE;
			while (counting.messages() - before < sent * receivers && System.nanoTime() < end) {
				TimeUnit.MILLISECONDS.sleep(1);
			}
			double used = Usage.of(broker.pid()).cpuSeconds() - cpu;
			return new Result(used * MICROS / sent, sent * receivers - (counting.messages() - before));
		}
		finally {
			open.forEach(Exchanges::close);
		}
	}

	/** In small bursts, at a rate that leaves the broker time to spare. */
	private static long publish(Exchanges sender, double seconds) {
		byte[] message = new byte[BYTES];
		long next = System.nanoTime();
		long end = next + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
		long sent = 0;
		while (next < end) {
			for (int i = 0; i < BURST; i++) {
				sender.get().publish(CHANNEL, message);
				sent++;
			}
			next += PERIOD;
			long pause = next - System.nanoTime();
			while (pause > 0) {
				LockSupport.parkNanos(pause);
				pause = next - System.nanoTime();
			}
		}
		return sent;
	}

	/** Of the line through all points, by least squares. */
	private static double slope(List<Double> costs) {
		double meanX = RECEIVERS.stream().mapToInt(Integer::intValue).average().orElse(Double.NaN);
		double meanY = costs.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
		double above = 0;
		double below = 0;
		for (int i = 0; i < costs.size(); i++) {
			above += (RECEIVERS.get(i) - meanX) * (costs.get(i) - meanY);
			below += (RECEIVERS.get(i) - meanX) * (RECEIVERS.get(i) - meanX);
		}
		return above / below;
	}

	/**
	 * What came out for one number of receivers.
	 *
	 * @param cpu of the broker for each message, in microseconds
	 * @param lost how many deliveries did not come
	 */
	private record Result(double cpu, long lost) {

	}

}
