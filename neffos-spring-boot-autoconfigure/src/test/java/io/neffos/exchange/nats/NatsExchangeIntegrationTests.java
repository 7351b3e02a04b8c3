package io.neffos.exchange.nats;

import io.neffos.exchange.Broker;
import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.RecordingListener;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.StackExchangeContractTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The exchange over NATS, by the contract of all. */
@ExtendWith(OutputCaptureExtension.class)
class NatsExchangeIntegrationTests extends StackExchangeContractTests {

	private static NatsBroker nats;

	@BeforeAll
	static void startNats() {
		nats = NatsBroker.any();
	}

	@AfterAll
	static void stopNats() {
		if (nats != null) {
			nats.close();
		}
	}

	@Override
	protected StackExchange create() {
		return NatsFixture.exchange(nats.host(), nats.port());
	}

	@Override
	protected Broker broker() {
		return nats;
	}

	@Test
	void refusesWhatIsLargerThanTheServerTakes(CapturedOutput output) {
		RecordingListener told = new RecordingListener();
		StackExchange exchange = start(told);
		subscribe(exchange, channel("x"));
		for (int i = 0; i < 3; i++) {
			assertThat(exchange.publish(channel("x"), new byte[1024 * 1024 + 1])).isFalse();
		}
		publish(exchange, channel("x"), "small");
		await().atMost(PATIENCE).until(() -> told.count() > 0);
		assertThat(told.on(channel("x"))).containsExactly("small");
		assertThat(told.states()).containsExactly("available");
		assertThat(output.toString().split("is larger than the", -1)).as("one warning").hasSize(2);
	}

	@Test
	void tellsAboutTheServer() {
		StackExchange exchange = start(new RecordingListener());
		assertThat(exchange.details()).containsEntry("type", "nats")
			.containsEntry("connections", 1)
			.containsEntry("address", nats.address())
			.containsKeys("version", "server");
	}

}
