package io.neffos.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One thread of a fuzz run. It alone decides who has subscribed its channels, and knows
 * it therefore; it publishes on those of others, too. A message that was published while
 * a subscription was settled must arrive once, one that was published while there was
 * none must not, and those of one publisher on one channel arrive in order.
 */
final class ExchangeFuzz {

	private static final int CHANNELS = 4;

	private static final int THREADS = 4;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final int thread;

	private final Random random;

	private final List<StackExchange> exchanges;

	private final List<RecordingListener> told;

	private final String prefix;

	/** By exchange and channel: whether it is subscribed. */
	private final Map<String, Boolean> subscribed = new HashMap<>();

	private int published;

	ExchangeFuzz(int thread, Random random, List<StackExchange> exchanges, List<RecordingListener> told,
			String prefix) {
		this.thread = thread;
		this.random = random;
		this.exchanges = exchanges;
		this.told = told;
		this.prefix = prefix;
	}

	void run(int steps) {
		for (int step = 0; step < steps; step++) {
			String channel = channel(this.thread, this.random.nextInt(CHANNELS));
			int whose = this.random.nextInt(this.exchanges.size());
			StackExchange exchange = this.exchanges.get(whose);
			switch (this.random.nextInt(6)) {
				case 0, 1 -> {
					StackExchangeContractTests.subscribe(exchange, channel);
					this.subscribed.put(whose + channel, true);
				}
				case 2 -> unsubscribe(whose, channel);
				case 3 -> {
					for (int i = this.random.nextInt(4); i >= 0; i--) {
						exchange.subscribe(channel);
						exchange.unsubscribe(channel);
					}
					unsubscribe(whose, channel);
				}
				case 4 -> publishToOwn(whose, channel);
				default -> StackExchangeContractTests.publish(exchange,
						channel(this.random.nextInt(THREADS), this.random.nextInt(CHANNELS)), next(whose));
			}
		}
	}

	/**
	 * What is on its way may still arrive; once another subscription is confirmed, the
	 * end of this one is known, too.
	 */
	private void unsubscribe(int whose, String channel) {
		StackExchange exchange = this.exchanges.get(whose);
		exchange.unsubscribe(channel);
		StackExchangeContractTests.subscribe(exchange, channel + ".settled");
		exchange.unsubscribe(channel + ".settled");
		this.subscribed.put(whose + channel, false);
	}

	/**
	 * Waits for the arrival, or for that of a mark behind it: what happens next on this
	 * channel must not decide about what was published before.
	 */
	private void publishToOwn(int by, String channel) {
		String mark = channel + ".mark";
		List<String> texts = new ArrayList<>();
		for (int i = this.random.nextInt(5); i >= 0; i--) {
			String text = next(by);
			texts.add(text);
			StackExchangeContractTests.publish(this.exchanges.get(by), channel, text);
		}
		for (int at = 0; at < this.exchanges.size(); at++) {
			boolean there = this.subscribed.getOrDefault(at + channel, false);
			if (there) {
				String last = texts.get(texts.size() - 1);
				RecordingListener listener = this.told.get(at);
				await().atMost(PATIENCE)
					.pollInterval(Duration.ofMillis(1))
					.until(() -> listener.on(channel).contains(last));
			}
			else {
				String text = next(by);
				RecordingListener listener = this.told.get(at);
				StackExchangeContractTests.subscribe(this.exchanges.get(at), mark);
				StackExchangeContractTests.publish(this.exchanges.get(by), mark, text);
				await().atMost(PATIENCE)
					.pollInterval(Duration.ofMillis(1))
					.until(() -> listener.on(mark).contains(text));
				this.exchanges.get(at).unsubscribe(mark);
			}
		}
		for (int at = 0; at < this.exchanges.size(); at++) {
			List<String> arrived = this.told.get(at).on(channel).stream().filter(texts::contains).toList();
			boolean there = this.subscribed.getOrDefault(at + channel, false);
			assertThat(arrived).as("on %s at exchange %d", channel, at).isEqualTo(there ? texts : List.of());
		}
	}

	/** Says who publishes: order is kept for each exchange, not between them. */
	private String next(int by) {
		return this.thread + "-" + by + "-" + this.published++;
	}

	private String channel(int owner, int number) {
		return this.prefix + "." + owner + "." + number;
	}

	/**
	 * Of what this thread published on one channel by one exchange, the later arrives
	 * later.
	 */
	void check() {
		for (RecordingListener listener : this.told) {
			Map<String, Integer> last = new HashMap<>();
			for (RecordingListener.Delivery delivery : listener.deliveries()) {
				String[] parts = delivery.text().split("-", -1);
				if (parts[0].equals(String.valueOf(this.thread))) {
					int number = Integer.parseInt(parts[2]);
					Integer before = last.put(parts[1] + delivery.channel(), number);
					assertThat(number).as("%s", delivery).isGreaterThan((before != null) ? before : -1);
				}
			}
		}
	}

}
