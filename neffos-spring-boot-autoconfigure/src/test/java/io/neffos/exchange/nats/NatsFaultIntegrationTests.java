package io.neffos.exchange.nats;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.StackExchangeFaultTests;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The exchange over NATS when something fails, as all, and where the client has a way of
 * its own.
 */
class NatsFaultIntegrationTests extends StackExchangeFaultTests<NatsBroker> {

	@Override
	protected NatsBroker startBroker() {
		return NatsBroker.ours();
	}

	@Override
	protected StackExchange create(String host, int port) {
		return NatsFixture.small(host, port);
	}

	@Override
	protected int buffer() {
		return NatsFixture.BUFFER;
	}

	@Override
	protected int clientsPerExchange() {
		return 1;
	}

	@Test
	void aListenerThatStandsStillFillsNoHeapAndIsToldWhatItMissed() {
		CountDownLatch goOn = new CountDownLatch(1);
		StackExchange a = startA();
		this.toldB.thenAwait(goOn);
		StackExchange b = startB();
		subscribe(b, "x");
		byte[] message = new byte[100_000];
		int sent = 1_000;
		for (int i = 0; i < sent; i++) {
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> a.publish("x", message));
		}
		assertThat(this.toldB.count()).isEqualTo(1);
		goOn.countDown();
		await().atMost(PATIENCE).until(() -> this.toldB.count() + this.toldB.overrun() == sent);
		assertThat(this.toldB.count()).as("what was kept").isBetween(2, 250);
		assertThat(a.publish("x", bytes("after"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldB.on("x").contains("after"));
	}

	@Test
	void failsToStartWithoutNatsAndSaysWhereAndWhy() {
		broker().stop();
		StackExchange a = create(broker().host(), broker().port());
		assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> a.start(this.toldA))
			.withMessageContaining(broker().address())
			.withMessageContaining("refused")
			.withMessageContaining("Check that");
		assertThat(a.isAvailable()).isFalse();
		assertThat(this.toldA.states()).isEmpty();
		a.close();
	}

	@Test
	void goesOnWithoutNatsWhenToldSoAndReachesItLater() {
		broker().stop();
		StackExchange a = start(
				NatsFixture.exchange(NatsFixture.settings(broker().address(), NatsSettings.Login.NONE, null, true)),
				this.toldA);
		assertThat(a.isAvailable()).isFalse();
		assertThat(a.subscribe("x")).failsWithin(PATIENCE);
		assertThat(this.toldA.states()).containsExactly("unavailable");
		broker().start();
		awaitStates(this.toldA, "unavailable", "available");
		assertThat(a.publish("x", bytes("own"))).isTrue();
		await().atMost(PATIENCE).until(() -> this.toldA.count() == 1);
	}

}
