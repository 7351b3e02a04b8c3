package io.neffos.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every {@link StackExchange} over a broker keeps to when the broker dies, stands
 * still, or cannot be reached: it refuses, says so once, and is whole again afterwards;
 * nothing arrives twice. An implementation extends it and says how to start a broker and
 * how to make an exchange. {@link StackExchangeContractTests} has what it keeps to while
 * the broker is well.
 *
 * @param <B> the broker
 */
public abstract class StackExchangeFaultTests<B extends Broker> {

	protected static final Duration PATIENCE = Duration.ofSeconds(30);

	/** How often a network is cut. */
	private static final int CUTS = 12;

	/** Tell what happens to exchanges a and b. */
	protected final RecordingListener toldA = new RecordingListener();

	protected final RecordingListener toldB = new RecordingListener();

	private final List<StackExchange> exchanges = new ArrayList<>();

	private @Nullable B broker;

	/** Start a broker of the test's own, or skip the test. */
	protected abstract B startBroker();

	/**
	 * A new exchange, not started, which takes the broker to be away after a few seconds
	 * without an answer.
	 */
	protected abstract StackExchange create(String host, int port);

	/** For how many bytes such an exchange waits to be answered, at most. */
	protected abstract int buffer();

	/** How many clients of the broker an exchange is. */
	protected abstract int clientsPerExchange();

	/**
	 * What is among the details of an exchange that has come back once.
	 * @param channels how many it subscribes
	 */
	protected Map<String, Object> detailsOnceBack(int channels) {
		return Map.of("connections", clientsPerExchange());
	}

	/** What {@link #create} has made beside exchanges; called after each test. */
	protected void release() {
	}

	@BeforeEach
	void open() {
		this.broker = startBroker();
	}

	@AfterEach
	void closeAll() {
		this.exchanges.forEach(StackExchange::close);
		release();
		// Where there is none, the test is skipped, and shall not fail here instead.
		if (this.broker != null) {
			this.broker.close();
		}
		assertThat(this.toldA.crowds() + this.toldB.crowds()).as("one thread at a time").isZero();
	}

	protected final B broker() {
		return Objects.requireNonNull(this.broker);
	}

	/** Start it now, and close it after the test. */
	protected final StackExchange start(StackExchange exchange, RecordingListener listener) {
		this.exchanges.add(exchange);
		exchange.start(listener);
		return exchange;
	}

	protected final StackExchange startA() {
		return start(create(broker().host(), broker().port()), this.toldA);
	}

	protected final StackExchange startB() {
		return start(create(broker().host(), broker().port()), this.toldB);
	}

	private StackExchange startBehind(CutProxy network, RecordingListener listener) {
		return start(create(network.host(), network.port()), listener);
	}

	protected static void subscribe(StackExchange exchange, String channel) {
		assertThat(exchange.subscribe(channel)).as(channel).succeedsWithin(PATIENCE);
	}

	private static void assertSubscribeFails(StackExchange exchange, String channel) {
		assertThat(exchange.subscribe(channel)).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(ExchangeException.class);
	}

	protected static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	protected static void awaitStates(RecordingListener told, String... states) {
		await().atMost(PATIENCE).until(() -> told.states().size() >= states.length);
		assertThat(told.states()).containsExactly(states);
	}

	private static void assertNothingTwice(RecordingListener told) {
		assertThat(told.deliveries()).doesNotHaveDuplicates();
	}

	private int clientsOf(int exchanges) {
		return exchanges * clientsPerExchange();
	}

	@Test
	void isWholeAgainWhenTheBrokerWasStoppedAndStarted() {
		StackExchange a = startA();
		StackExchange b = startB();
		for (int i = 0; i < 2_500; i++) {
			b.subscribe("many." + i);
		}
		subscribe(b, "x");
		subscribe(b, "gone");
		broker().stop();
		awaitStates(this.toldA, "available", "unavailable");
		awaitStates(this.toldB, "available", "unavailable");
		assertThat(a.isAvailable()).isFalse();
		assertThat(a.publish("x", bytes("meanwhile"))).isFalse();
		assertSubscribeFails(b, "y");
		b.unsubscribe("gone");
		broker().start();
		awaitStates(this.toldA, "available", "unavailable", "available");
		awaitStates(this.toldB, "available", "unavailable", "available");
		assertThat(a.publish("gone", bytes("unsubscribed meanwhile"))).isTrue();
		assertThat(a.publish("many.2499", bytes("after"))).isTrue();
		assertThat(a.publish("x", bytes("after"))).isTrue();
		assertThat(a.publish("y", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 3);
		assertThat(this.toldB.deliveries()).extracting(RecordingListener.Delivery::channel)
			.containsExactlyInAnyOrder("many.2499", "x", "y");
		assertThat(broker().clients()).isEqualTo(clientsOf(2));
		assertThat(this.toldB.states()).hasSize(3);
		assertThat(b.details()).containsAllEntriesOf(detailsOnceBack(2_502));
	}

	/** The publisher's network is cut again and again while it publishes. */
	@Test
	void nothingArrivesTwiceAndNothingIsMissingThatWasNotToldToBeLost() {
		try (CutProxy network = new CutProxy(broker())) {
			StackExchange a = startBehind(network, this.toldA);
			StackExchange b = startB();
			subscribe(b, "x");
			int accepted = 0;
			for (int cut = 0; cut < CUTS; cut++) {
				long cutAt = System.nanoTime() + 150_000_000L;
				while (System.nanoTime() - cutAt < 0) {
					if (a.publish("x", bytes("message " + accepted))) {
						accepted++;
					}
				}
				network.cut();
				// Else healed at once: a client that repeats what it has sent would do
				// so.
				if (cut % 2 == 1) {
					await().atMost(PATIENCE).until(() -> !a.isAvailable());
				}
				network.heal();
				int told = 2 * cut + 3;
				await().atMost(PATIENCE).until(() -> this.toldA.states().size() >= told);
			}
			int last = accepted;
			assertThat(a.publish("x", bytes("the end"))).isTrue();
			await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("the end"));
			List<String> arrived = this.toldB.on("x");
			assertNothingTwice(this.toldB);
			assertThat(arrived.stream()
				.filter((text) -> text.startsWith("message "))
				.map((text) -> Integer.parseInt(text.substring("message ".length())))).isSorted();
			assertThat(arrived.size() - 1).isBetween(last - this.toldA.lost(), last);
			assertThat(accepted).isGreaterThan(1_000);
			assertThat(this.toldA.states()).hasSize(2 * CUTS + 1);
			await().atMost(PATIENCE).until(() -> broker().clients() == clientsOf(2) && network.open() == clientsOf(1));
			assertThat(this.toldB.states()).containsExactly("available");
		}
	}

	@Test
	void refusesWhileTheBrokerStandsStillAndIsWholeAgainWhenItGoesOn() {
		StackExchange a = startA();
		StackExchange b = startB();
		subscribe(b, "x");
		broker().pause();
		String large = "x".repeat(10_000);
		int accepted = 0;
		while (a.publish("x", bytes("message " + accepted + " " + large))) {
			accepted++;
		}
		int lost = accepted;
		assertThat(accepted).as("bounded").isBetween(1, buffer() / large.length());
		assertSubscribeFails(b, "slow");
		awaitStates(this.toldA, "available", "unavailable");
		awaitStates(this.toldB, "available", "unavailable");
		await().atMost(PATIENCE).until(() -> this.toldA.lost() >= lost);
		assertThat(a.publish("x", bytes("meanwhile"))).isFalse();
		broker().resume();
		awaitStates(this.toldA, "available", "unavailable", "available");
		awaitStates(this.toldB, "available", "unavailable", "available");
		assertThat(a.publish("x", bytes("after"))).isTrue();
		assertThat(a.publish("slow", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("slow").size() == 1);
		await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("after"));
		assertNothingTwice(this.toldB);
		assertThat(this.toldB.on("x")).doesNotContain("meanwhile");
		assertThat(this.toldA.lost()).as("told once").isEqualTo(lost);
		await().atMost(PATIENCE).until(() -> broker().clients() == clientsOf(2));
	}

	@Test
	void aShortStandstillLosesNothing() {
		StackExchange a = startA();
		StackExchange b = startB();
		subscribe(b, "x");
		broker().pause();
		assertThat(a.publish("x", bytes("late"))).isTrue();
		broker().resume();
		await().atMost(PATIENCE).until(() -> this.toldB.count() == 1);
		assertThat(this.toldA.states()).containsExactly("available");
		assertThat(this.toldA.lost() + this.toldB.lost()).isZero();
	}

	@Test
	void findsOutThatTheNetworkIsDeadAlthoughNoConnectionEnds() {
		try (CutProxy network = new CutProxy(broker())) {
			StackExchange a = startA();
			StackExchange b = startBehind(network, this.toldB);
			subscribe(a, "x");
			subscribe(b, "x");
			network.freeze();
			awaitStates(this.toldB, "available", "unavailable");
			assertThat(a.publish("x", bytes("meanwhile"))).isTrue();
			// Else it may be sent only when b is there again.
			await().atMost(PATIENCE).until(() -> this.toldA.on("x").contains("meanwhile"));
			network.heal();
			awaitStates(this.toldB, "available", "unavailable", "available");
			assertThat(a.publish("x", bytes("after"))).isTrue();
			await().atMost(PATIENCE).until(() -> this.toldB.count() > 0);
			assertThat(this.toldB.on("x")).containsExactly("after");
			assertThat(this.toldA.states()).containsExactly("available");
			await().atMost(PATIENCE).until(() -> broker().clients() == clientsOf(2) && network.open() == clientsOf(1));
		}
	}

	@Test
	void closesWhileTheBrokerStandsStill() {
		StackExchange a = startA();
		broker().pause();
		assertThat(a.publish("x", bytes("on its way"))).isTrue();
		a.close();
		assertThat(this.toldA.lost()).isEqualTo(1);
		assertThat(this.toldA.states()).containsExactly("available");
		broker().resume();
		await().atMost(PATIENCE).until(() -> broker().clients() == 0);
	}

	@Test
	void closesWhileTheBrokerIsAway() {
		StackExchange a = startA();
		broker().stop();
		awaitStates(this.toldA, "available", "unavailable");
		a.close();
		broker().start();
		assertThat(a.isAvailable()).isFalse();
		assertThat(this.toldA.states()).containsExactly("available", "unavailable");
		assertThat(broker().clients()).isZero();
	}

}
