package io.neffos.exchange.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.neffos.exchange.RedisBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.StackExchangeFaultTests;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The exchange over Redis when something fails, as all, and where the client or Redis has
 * a way of its own.
 */
class RedisFaultIntegrationTests extends StackExchangeFaultTests<RedisBroker> {

	private static final int BUFFER = 256 * 1024;

	private static final RedisExchangeSettings SETTINGS = new RedisExchangeSettings(BUFFER, Duration.ofSeconds(2),
			Duration.ofSeconds(3), false);

	private final RedisFixture fixture = new RedisFixture();

	@Override
	protected RedisBroker startBroker() {
		return RedisBroker.ours();
	}

	@Override
	protected StackExchange create(String host, int port) {
		return this.fixture.exchange(host, port, SETTINGS);
	}

	@Override
	protected void release() {
		this.fixture.close();
	}

	@Override
	protected int buffer() {
		return BUFFER;
	}

	@Override
	protected int clientsPerExchange() {
		return 2;
	}

	@Override
	protected Map<String, Object> detailsOnceBack(int channels) {
		return Map.of("connections", clientsPerExchange(), "reconnects", 1, "channels", channels);
	}

	@Test
	void countsTheBytesThatRedisHasNotAnswered() {
		StackExchange a = startA();
		broker().pause();
		byte[] message = new byte[10_000];
		int accepted = 0;
		while (a.publish("x", message)) {
			accepted++;
		}
		assertThat((Long) a.details().get("unansweredBytes")).isBetween((long) accepted * message.length,
				(long) BUFFER);
		broker().resume();
		await().atMost(PATIENCE).until(() -> Long.valueOf(0).equals(a.details().get("unansweredBytes")));
		assertThat(this.toldA.states()).containsExactly("available");
	}

	/** The client gives up a command sooner than Redis does, but it may still be sent. */
	@Test
	void staysBoundedWhenTheClientGivesUpItsCommands() {
		StackExchange a = start(
				this.fixture.exchange(new RedisStandaloneConfiguration(broker().host(), broker().port()),
						(client) -> client.commandTimeout(Duration.ofMillis(100)),
						new RedisExchangeSettings(BUFFER, Duration.ofSeconds(2), Duration.ofMillis(1_500), false)),
				this.toldA);
		broker().pause();
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
		broker().resume();
		awaitStates(this.toldA, "available", "unavailable", "available");
	}

	/** Redis keeps 32 MB for it, as it is configured, and ends the connection then. */
	@Test
	void aListenerThatStandsStillHoldsBackRedisAndNotTheHeap() {
		CountDownLatch goOn = new CountDownLatch(1);
		StackExchange a = startA();
		this.toldB.thenAwait(goOn);
		StackExchange b = startB();
		subscribe(b, "x");
		byte[] message = new byte[100_000];
		for (int i = 0; i < 2_000; i++) {
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> a.publish("x", message));
		}
		await().atMost(PATIENCE).until(() -> broker().clients() == 3);
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
		broker().ask("ACL SETUSER default resetchannels &allowed.*");
		subscribe(b, "allowed.1");
		assertThat(b.subscribe("forbidden")).failsWithin(PATIENCE)
			.withThrowableThat()
			.withMessageContaining("refused")
			.withMessageContaining("forbidden");
		subscribe(b, "allowed.2");
		assertThat(b.publish("forbidden", bytes("refused"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.lost() == 1);
		broker().ask("ACL SETUSER default allchannels");
		await().atMost(PATIENCE).until(() -> broker().channels("forbidden") == 1);
		assertThat(b.publish("forbidden", bytes("now"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("forbidden").contains("now"));
		assertThat(this.toldB.states()).containsExactly("available");
	}

}
