package io.neffos.exchange.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.exchange.CutProxy;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.ExchangeListener;
import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.RecordingListener;
import io.neffos.exchange.StackExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an exchange over NATS does when NATS dies, stands still, or cannot be reached: it
 * refuses, says so once, and is whole again afterwards; nothing arrives twice.
 */
class NatsFaultIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final List<AutoCloseable> open = new ArrayList<>();

	private final RecordingListener toldA = new RecordingListener();

	private final RecordingListener toldB = new RecordingListener();

	private NatsBroker nats;

	@BeforeEach
	void startNats() {
		this.nats = NatsBroker.ours();
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
		this.nats.close();
		assertThat(this.toldA.crowds() + this.toldB.crowds()).as("one thread at a time").isZero();
	}

	private StackExchange start(String host, int port, ExchangeListener listener) {
		StackExchange exchange = NatsFixture.small(host, port);
		this.open.add(exchange);
		exchange.start(listener);
		return exchange;
	}

	private StackExchange startA() {
		return start(this.nats.host(), this.nats.port(), this.toldA);
	}

	private StackExchange startB() {
		return start(this.nats.host(), this.nats.port(), this.toldB);
	}

	private static void subscribe(StackExchange exchange, String channel) {
		assertThat(exchange.subscribe(channel)).as(channel).succeedsWithin(PATIENCE);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static void awaitStates(RecordingListener told, String... states) {
		await().atMost(PATIENCE).until(() -> told.states().size() >= states.length);
		assertThat(told.states()).containsExactly(states);
	}

	@Test
	void isWholeAgainWhenNatsWasStoppedAndStarted() {
		StackExchange a = startA();
		StackExchange b = startB();
		for (int i = 0; i < 2_500; i++) {
			b.subscribe("many." + i);
		}
		subscribe(b, "x");
		subscribe(b, "gone");
		this.nats.stop();
		awaitStates(this.toldA, "available", "unavailable");
		awaitStates(this.toldB, "available", "unavailable");
		assertThat(a.isAvailable()).isFalse();
		assertThat(a.publish("x", bytes("meanwhile"))).isFalse();
		assertThat(b.subscribe("y")).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(ExchangeException.class);
		b.unsubscribe("gone");
		this.nats.start();
		awaitStates(this.toldA, "available", "unavailable", "available");
		awaitStates(this.toldB, "available", "unavailable", "available");
		assertThat(a.publish("gone", bytes("unsubscribed meanwhile"))).isTrue();
		assertThat(a.publish("many.2499", bytes("after"))).isTrue();
		assertThat(a.publish("x", bytes("after"))).isTrue();
		assertThat(a.publish("y", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 3);
		assertThat(this.toldB.deliveries()).extracting(RecordingListener.Delivery::channel)
			.containsExactlyInAnyOrder("many.2499", "x", "y");
		assertThat(this.nats.clients()).isEqualTo(2);
		assertThat(this.toldB.states()).hasSize(3);
	}

	@Test
	void nothingArrivesTwiceAndNothingIsMissingThatWasNotToldToBeLost() {
		try (CutProxy network = new CutProxy(this.nats)) {
			StackExchange a = start(network.host(), network.port(), this.toldA);
			StackExchange b = startB();
			subscribe(b, "x");
			int accepted = 0;
			for (int round = 0; round < 5; round++) {
				long cutAt = System.nanoTime() + 150_000_000L;
				while (System.nanoTime() - cutAt < 0) {
					if (a.publish("x", bytes("message " + accepted))) {
						accepted++;
					}
				}
				network.cut();
				await().atMost(PATIENCE).until(() -> !a.isAvailable());
				network.heal();
				await().atMost(PATIENCE).until(a::isAvailable);
			}
			int last = accepted;
			assertThat(a.publish("x", bytes("the end"))).isTrue();
			await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("the end"));
			List<String> arrived = this.toldB.on("x");
			assertThat(this.toldB.deliveries()).doesNotHaveDuplicates();
			assertThat(arrived.stream()
				.filter((text) -> text.startsWith("message "))
				.map((text) -> Integer.parseInt(text.substring("message ".length())))).isSorted();
			await().atMost(PATIENCE).until(() -> arrived.size() - 1 >= last - this.toldA.lost());
			assertThat(arrived.size() - 1).isLessThanOrEqualTo(last);
			assertThat(accepted).isGreaterThan(1_000);
			assertThat(this.toldA.states()).hasSize(11);
			await().atMost(PATIENCE).until(() -> this.nats.clients() == 2 && network.open() == 1);
			assertThat(this.toldB.states()).containsExactly("available");
		}
	}

	@Test
	void refusesWhileNatsStandsStillAndIsWholeAgainWhenItGoesOn() {
		StackExchange a = startA();
		StackExchange b = startB();
		subscribe(b, "x");
		this.nats.pause();
		int accepted = 0;
		String large = "x".repeat(10_000);
		while (a.publish("x", bytes("message " + accepted + large))) {
			accepted++;
		}
		assertThat(accepted).as("bounded").isBetween(1, (int) NatsFixture.BUFFER / large.length());
		assertThat(b.subscribe("slow")).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(ExchangeException.class);
		awaitStates(this.toldA, "available", "unavailable");
		awaitStates(this.toldB, "available", "unavailable");
		int lost = accepted;
		await().atMost(PATIENCE).until(() -> this.toldA.lost() == lost);
		assertThat(a.publish("x", bytes("meanwhile"))).isFalse();
		this.nats.resume();
		awaitStates(this.toldA, "available", "unavailable", "available");
		awaitStates(this.toldB, "available", "unavailable", "available");
		assertThat(a.publish("x", bytes("after"))).isTrue();
		assertThat(a.publish("slow", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("slow").size() == 1);
		await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("after"));
		assertThat(this.toldB.deliveries()).doesNotHaveDuplicates();
		assertThat(this.toldB.on("x")).doesNotContain("meanwhile");
		await().atMost(PATIENCE).until(() -> this.nats.clients() == 2);
	}

	@Test
	void aShortStandstillLosesNothing() {
		StackExchange a = startA();
		StackExchange b = startB();
		subscribe(b, "x");
		this.nats.pause();
		assertThat(a.publish("x", bytes("late"))).isTrue();
		this.nats.resume();
		await().atMost(PATIENCE).until(() -> this.toldB.count() == 1);
		assertThat(this.toldA.states()).containsExactly("available");
		assertThat(this.toldA.lost() + this.toldB.lost()).isZero();
	}

	@Test
	void findsOutThatTheNetworkIsDeadAlthoughNoConnectionEnds() {
		try (CutProxy network = new CutProxy(this.nats)) {
			StackExchange a = startA();
			StackExchange b = start(network.host(), network.port(), this.toldB);
			subscribe(b, "x");
			network.freeze();
			awaitStates(this.toldB, "available", "unavailable");
			assertThat(a.publish("x", bytes("meanwhile"))).isTrue();
			network.heal();
			awaitStates(this.toldB, "available", "unavailable", "available");
			assertThat(a.publish("x", bytes("after"))).isTrue();
			await().atMost(PATIENCE).until(() -> this.toldB.count() > 0);
			assertThat(this.toldB.on("x")).containsExactly("after");
			assertThat(this.toldA.states()).containsExactly("available");
			await().atMost(PATIENCE).until(() -> this.nats.clients() == 2 && network.open() == 1);
		}
	}

	@Test
	void aListenerThatStandsStillFillsNoHeapAndIsToldWhatItMissed() {
		CountDownLatch goOn = new CountDownLatch(1);
		StackExchange a = startA();
		Overruns told = new Overruns(this.toldB.then((channel, message) -> {
			try {
				goOn.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}), new AtomicInteger());
		StackExchange b = start(this.nats.host(), this.nats.port(), told);
		subscribe(b, "x");
		byte[] message = new byte[100_000];
		int sent = 1_000;
		for (int i = 0; i < sent; i++) {
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> a.publish("x", message));
		}
		assertThat(this.toldB.count()).isEqualTo(1);
		goOn.countDown();
		await().atMost(PATIENCE).until(() -> this.toldB.count() + told.overrun().get() == sent);
		assertThat(this.toldB.count()).as("what was kept").isBetween(2, 250);
		assertThat(a.publish("x", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("after"));
	}

	@Test
	void failsToStartWithoutNatsAndSaysWhereAndWhy() {
		this.nats.stop();
		StackExchange a = NatsFixture.small(this.nats.host(), this.nats.port());
		assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> a.start(this.toldA))
			.withMessageContaining(this.nats.address())
			.withMessageContaining("refused")
			.withMessageContaining("Check that");
		assertThat(a.isAvailable()).isFalse();
		assertThat(this.toldA.states()).isEmpty();
		a.close();
	}

	@Test
	void goesOnWithoutNatsWhenToldSoAndReachesItLater() {
		this.nats.stop();
		StackExchange a = NatsFixture
			.exchange(NatsFixture.settings(this.nats.address(), NatsSettings.Login.NONE, null, true));
		this.open.add(a);
		a.start(this.toldA);
		assertThat(a.isAvailable()).isFalse();
		assertThat(a.subscribe("x")).failsWithin(PATIENCE);
		assertThat(this.toldA.states()).containsExactly("unavailable");
		this.nats.start();
		awaitStates(this.toldA, "unavailable", "available");
		assertThat(a.publish("x", bytes("own"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldA.count() == 1);
	}

	@Test
	void closesWhileNatsStandsStill() {
		StackExchange a = startA();
		this.nats.pause();
		assertThat(a.publish("x", bytes("on its way"))).isTrue();
		a.close();
		assertThat(this.toldA.lost()).isEqualTo(1);
		assertThat(this.toldA.states()).containsExactly("available");
		this.nats.resume();
		await().atMost(PATIENCE).until(() -> this.nats.clients() == 0);
	}

	@Test
	void closesWhileNatsIsAway() {
		StackExchange a = startA();
		this.nats.stop();
		awaitStates(this.toldA, "available", "unavailable");
		a.close();
		this.nats.start();
		assertThat(a.isAvailable()).isFalse();
		assertThat(this.toldA.states()).containsExactly("available", "unavailable");
		assertThat(this.nats.clients()).isZero();
	}

	/**
	 * Also counts what was dropped.
	 *
	 * @param listener is told the rest
	 * @param overrun how many
	 */
	private record Overruns(ExchangeListener listener, AtomicInteger overrun) implements ExchangeListener {

		@Override
		public void received(String channel, byte[] message) {
			this.listener.received(channel, message);
		}

		@Override
		public void available() {
			this.listener.available();
		}

		@Override
		public void unavailable(String reason) {
			this.listener.unavailable(reason);
		}

		@Override
		public void lost(int count) {
			this.listener.lost(count);
		}

		@Override
		public void overrun(int count) {
			this.overrun.addAndGet(count);
		}

	}

}
