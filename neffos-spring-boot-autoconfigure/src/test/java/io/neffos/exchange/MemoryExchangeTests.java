package io.neffos.exchange;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The exchange within one process, by the contract of all. */
class MemoryExchangeTests extends StackExchangeContractTests {

	private final MemoryExchange.Hub hub = new MemoryExchange.Hub();

	@Override
	protected StackExchange create() {
		return new MemoryExchange(this.hub);
	}

	@Test
	void aloneReachesOnlyItself() {
		RecordingListener own = new RecordingListener();
		RecordingListener other = new RecordingListener();
		try (MemoryExchange one = new MemoryExchange(); MemoryExchange two = new MemoryExchange()) {
			one.start(own);
			two.start(other);
			subscribe(one, "x");
			subscribe(two, "x");
			assertThat(one.publish("x", bytes("alone"))).isTrue();
			assertThat(own.on("x")).containsExactly("alone");
			assertThat(other.deliveries()).isEmpty();
		}
	}

	@Test
	void refusesBeforeItIsStarted() {
		try (MemoryExchange exchange = new MemoryExchange()) {
			assertThat(exchange.publish("x", bytes("early"))).isFalse();
			assertThat(exchange.isAvailable()).isFalse();
		}
	}

}
