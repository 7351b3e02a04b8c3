package io.neffos.websocket;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Peers of containers' sessions that say nothing. */
@Timeout(60)
class HeartbeatTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	private final AtomicInteger pings = new AtomicInteger();

	private final AtomicInteger losses = new AtomicInteger();

	private boolean busy;

	private final Pulse pulse = new Pulse(this::ping, this.losses::incrementAndGet);

	static Stream<RealServer.Setup> servers() {
		return Stream.of(RealServer.tomcat(RealServer.Transport.STANDARD),
				RealServer.jetty(RealServer.Transport.STANDARD));
	}

	@ParameterizedTest
	@MethodSource("servers")
	void endsPeersThatAreSilent(RealServer.Setup setup) throws Exception {
		try (RealServer server = setup.streams(Duration.ofSeconds(30), SHORT, SHORT).start();
				JdkClient answering = JdkClient.chat(server);
				RawClient silent = RawClient.chat(server, 4096)) {
			assertThat(silent.next()).isEqualTo("ping");
			silent.awaitEnd();
			await().until(() -> server.ends().size() == 1);
			answering.say("$2;chat;;echo;0;0;here").expect("$2;chat;;echo;0;0;here");
			assertThat(server.server().connectionCount()).isOne();
		}
	}

	@Test
	void asksOnceAndThenEnds() {
		long start = System.nanoTime();
		assertThat(this.pulse.check(start, Duration.ofHours(1).toNanos())).isTrue();
		assertThat(this.pings).hasValue(0);
		long hour = Duration.ofHours(1).toNanos();
		assertThat(this.pulse.check(start + hour + hour / 2, hour)).isTrue();
		assertThat(this.pulse.check(start + hour + hour / 2, hour)).isTrue();
		assertThat(this.pings).hasValue(1);
		assertThat(this.losses).hasValue(0);
		assertThat(this.pulse.check(start + 3 * hour, hour)).isFalse();
		assertThat(this.losses).hasValue(1);
	}

	@Test
	void asksAgainAfterASignOfLife() {
		long hour = Duration.ofHours(1).toNanos();
		this.pulse.check(System.nanoTime() + hour + hour / 2, hour);
		this.pulse.heard();
		assertThat(this.pulse.check(System.nanoTime(), hour)).isTrue();
		this.pulse.check(System.nanoTime() + hour + hour / 2, hour);
		assertThat(this.pings).hasValue(2);
	}

	@Test
	void doesNotEndOneThatItCouldNotAsk() {
		long start = System.nanoTime();
		long hour = Duration.ofHours(1).toNanos();
		this.busy = true;
		assertThat(this.pulse.check(start + 2 * hour, hour)).isTrue();
		assertThat(this.pulse.check(start + 4 * hour, hour)).isTrue();
		this.busy = false;
		assertThat(this.pulse.check(start + 6 * hour, hour)).isTrue();
		assertThat(this.pings).hasValue(1);
		assertThat(this.losses).hasValue(0);
		assertThat(this.pulse.check(start + 8 * hour, hour)).isFalse();
	}

	@Test
	void oneThatFailsDoesNotStopTheOthers() {
		Heartbeat heartbeat = new Heartbeat(Duration.ofNanos(1));
		heartbeat.add(new Pulse(() -> true, () -> {
			throw new IllegalStateException("on purpose");
		}));
		heartbeat.add(this.pulse);
		heartbeat.run();
		heartbeat.run();
		assertThat(this.losses).hasValue(1);
	}

	@Test
	void forgetsTheOnesThatEnd() {
		Heartbeat heartbeat = new Heartbeat(Duration.ofNanos(1));
		heartbeat.add(this.pulse);
		heartbeat.remove(this.pulse);
		heartbeat.run();
		assertThat(this.losses).hasValue(0);
	}

	private boolean ping() {
		if (!this.busy) {
			this.pings.incrementAndGet();
		}
		return !this.busy;
	}

}
