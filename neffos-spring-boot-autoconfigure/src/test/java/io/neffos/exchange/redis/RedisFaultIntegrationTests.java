package io.neffos.exchange.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.neffos.exchange.CutProxy;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.RecordingListener;
import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an exchange over Redis does when Redis dies, stands still, or cannot be reached:
 * it refuses, says so once, and is whole again afterwards; nothing arrives twice.
 */
class RedisFaultIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int BUFFER = 256 * 1024;

	private static final RedisExchangeSettings SETTINGS = new RedisExchangeSettings(BUFFER, Duration.ofSeconds(2),
			Duration.ofSeconds(3), false);

	private final RedisFixture fixture = new RedisFixture();

	private final List<AutoCloseable> open = new ArrayList<>();

	private final RecordingListener toldA = new RecordingListener();

	private final RecordingListener toldB = new RecordingListener();

	private RedisBroker redis;

	@BeforeEach
	void startRedis() {
		this.redis = RedisBroker.ours();
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
		this.fixture.close();
		this.redis.close();
		assertThat(this.toldA.crowds() + this.toldB.crowds()).as("one thread at a time").isZero();
	}

	private StackExchange start(String host, int port, RecordingListener listener) {
		StackExchange exchange = this.fixture.exchange(host, port, SETTINGS);
		this.open.add(exchange);
		exchange.start(listener);
		return exchange;
	}

	private StackExchange startA() {
		return start(this.redis.host(), this.redis.port(), this.toldA);
	}

	private StackExchange startB() {
		return start(this.redis.host(), this.redis.port(), this.toldB);
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

	private static void assertNothingTwice(RecordingListener told) {
		assertThat(told.deliveries()).doesNotHaveDuplicates();
	}

	@Test
	void isWholeAgainWhenRedisWasStoppedAndStarted() {
		StackExchange a = startA();
		StackExchange b = startB();
		for (int i = 0; i < 2_500; i++) {
			b.subscribe("many." + i);
		}
		subscribe(b, "x");
		subscribe(b, "gone");
		this.redis.stop();
		awaitStates(this.toldA, "available", "unavailable");
		awaitStates(this.toldB, "available", "unavailable");
		assertThat(a.isAvailable()).isFalse();
		assertThat(a.publish("x", bytes("meanwhile"))).isFalse();
		assertThat(b.subscribe("y")).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(ExchangeException.class);
		b.unsubscribe("gone");
		this.redis.start();
		awaitStates(this.toldA, "available", "unavailable", "available");
		awaitStates(this.toldB, "available", "unavailable", "available");
		assertThat(a.publish("gone", bytes("unsubscribed meanwhile"))).isTrue();
		assertThat(a.publish("many.2499", bytes("after"))).isTrue();
		assertThat(a.publish("x", bytes("after"))).isTrue();
		assertThat(a.publish("y", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 3);
		assertThat(this.toldB.deliveries()).extracting(RecordingListener.Delivery::channel)
			.containsExactlyInAnyOrder("many.2499", "x", "y");
		assertThat(this.redis.clients()).isEqualTo(4);
		assertThat(this.toldB.states()).hasSize(3);
		assertThat(b.details()).containsEntry("reconnects", 1).containsEntry("channels", 2_502);
	}

	/** The publisher's network is cut again and again while it publishes. */
	@Test
	void nothingArrivesTwiceAndNothingIsMissingThatWasNotToldToBeLost() {
		try (CutProxy network = new CutProxy(this.redis)) {
			StackExchange a = start(network.host(), network.port(), this.toldA);
			StackExchange b = startB();
			subscribe(b, "x");
			int accepted = 0;
			for (int round = 0; round < 6; round++) {
				long cutAt = System.nanoTime() + 150_000_000L;
				while (System.nanoTime() - cutAt < 0) {
					if (a.publish("x", bytes("message " + accepted))) {
						accepted++;
					}
				}
				// Healed at once: a client that repeats what it has sent would do so now.
				network.cut();
				network.heal();
				int told = 2 * round + 3;
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
			assertThat(this.toldA.states()).hasSize(13);
			assertThat(this.redis.clients()).isEqualTo(4);
			assertThat(network.open()).isEqualTo(2);
			assertThat(this.toldB.states()).containsExactly("available");
		}
	}

	@Test
	void refusesWhileRedisStandsStillAndIsWholeAgainWhenItGoesOn() {
		StackExchange a = startA();
		StackExchange b = startB();
		subscribe(b, "x");
		this.redis.pause();
		int accepted = 0;
		byte[] large = new byte[10_000];
		while (a.publish("x", bytes("message " + accepted + " " + new String(large, StandardCharsets.US_ASCII)))) {
			accepted++;
		}
		assertThat(accepted).as("bounded").isBetween(1, BUFFER / large.length);
		assertThat((Long) a.details().get("unansweredBytes")).isBetween(1L, (long) BUFFER);
		assertThat(b.subscribe("slow")).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(ExchangeException.class);
		awaitStates(this.toldA, "available", "unavailable");
		awaitStates(this.toldB, "available", "unavailable");
		assertThat(this.toldA.lost()).isEqualTo(accepted);
		assertThat(a.publish("x", bytes("meanwhile"))).isFalse();
		this.redis.resume();
		awaitStates(this.toldA, "available", "unavailable", "available");
		awaitStates(this.toldB, "available", "unavailable", "available");
		assertThat(a.publish("x", bytes("after"))).isTrue();
		assertThat(a.publish("slow", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("slow").size() == 1);
		await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("after"));
		assertNothingTwice(this.toldB);
		await().atMost(PATIENCE).until(() -> this.redis.clients() == 4);
	}

	@Test
	void aShortStandstillLosesNothing() {
		StackExchange a = startA();
		StackExchange b = startB();
		subscribe(b, "x");
		this.redis.pause();
		assertThat(a.publish("x", bytes("late"))).isTrue();
		this.redis.resume();
		await().atMost(PATIENCE).until(() -> this.toldB.count() == 1);
		assertThat(this.toldA.states()).containsExactly("available");
		assertThat(this.toldA.lost() + this.toldB.lost()).isZero();
	}

	@Test
	void findsOutThatTheNetworkIsDeadAlthoughNoConnectionEnds() {
		try (CutProxy network = new CutProxy(this.redis)) {
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
			await().atMost(PATIENCE).until(() -> this.redis.clients() == 4 && network.open() == 2);
		}
	}

	/** The client gives up a command sooner than Redis does, but it may still be sent. */
	@Test
	void staysBoundedWhenTheClientGivesUpItsCommands() {
		StackExchange a = this.fixture.exchange(new RedisStandaloneConfiguration(this.redis.host(), this.redis.port()),
				(client) -> client.commandTimeout(Duration.ofMillis(100)),
				new RedisExchangeSettings(BUFFER, Duration.ofSeconds(2), Duration.ofMillis(1_500), false));
		this.open.add(a);
		a.start(this.toldA);
		this.redis.pause();
		byte[] message = new byte[10_000];
		int accepted = 0;
		while (a.isAvailable()) {
			if (a.publish("x", message)) {
				accepted++;
			}
		}
		assertThat(accepted).isBetween(1, BUFFER / message.length);
		await().atMost(PATIENCE).until(() -> this.toldA.lost() > 0);
		assertThat(this.toldA.lost()).isEqualTo(accepted);
		this.redis.resume();
		awaitStates(this.toldA, "available", "unavailable", "available");
	}

	/** Redis keeps 32 MB for it, as it is configured, and ends the connection then. */
	@Test
	void aListenerThatStandsStillHoldsBackRedisAndNotTheHeap() throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		StackExchange a = startA();
		StackExchange b = start(this.redis.host(), this.redis.port(), this.toldB.then((channel, message) -> {
			try {
				goOn.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}));
		subscribe(b, "x");
		byte[] message = new byte[100_000];
		for (int i = 0; i < 2_000; i++) {
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> a.publish("x", message));
		}
		await().atMost(PATIENCE).until(() -> this.redis.clients() == 3);
		assertThat(this.toldB.count()).isEqualTo(1);
		goOn.countDown();
		awaitStates(this.toldB, "available", "unavailable", "available");
		assertThat(this.toldB.count()).as("what was on its way, and no more").isLessThan(500);
		int before = this.toldB.count();
		assertThat(a.publish("x", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("after"));
		assertThat(this.toldB.count()).isEqualTo(before + 1);
	}

	@Test
	void reportsAChannelThatTheRulesOfAccessForbidAndAsksAgain() {
		StackExchange b = startB();
		this.redis.ask("ACL SETUSER default resetchannels &allowed.*");
		subscribe(b, "allowed.1");
		assertThat(b.subscribe("forbidden")).failsWithin(PATIENCE)
			.withThrowableThat()
			.withMessageContaining("refused")
			.withMessageContaining("forbidden");
		subscribe(b, "allowed.2");
		assertThat(b.publish("forbidden", bytes("refused"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.lost() == 1);
		this.redis.ask("ACL SETUSER default allchannels");
		await().atMost(PATIENCE).until(() -> this.redis.channels("forbidden") == 1);
		assertThat(b.publish("forbidden", bytes("now"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("forbidden").contains("now"));
		assertThat(this.toldB.states()).containsExactly("available");
	}

	@Test
	void closesWhileRedisStandsStill() {
		StackExchange a = startA();
		this.redis.pause();
		assertThat(a.publish("x", bytes("on its way"))).isTrue();
		a.close();
		assertThat(this.toldA.lost()).isEqualTo(1);
		assertThat(this.toldA.states()).containsExactly("available");
		this.redis.resume();
		await().atMost(PATIENCE).until(() -> this.redis.clients() == 0);
	}

	@Test
	void closesWhileRedisIsAway() {
		StackExchange a = startA();
		this.redis.stop();
		awaitStates(this.toldA, "available", "unavailable");
		a.close();
		this.redis.start();
		assertThat(a.isAvailable()).isFalse();
		assertThat(this.toldA.states()).containsExactly("available", "unavailable");
	}

}
