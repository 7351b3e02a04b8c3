package io.neffos.autoconfigure.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.neffos.NeffosServer;
import io.neffos.autoconfigure.Timers;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.testkit.LogTap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A fleet of clients joins, leaves, asks, closes, is cut off and comes back at random,
 * over real sockets. Nothing may be lost, reordered or mixed up meanwhile, and nothing
 * may be left at the end.
 * <p>
 * Small and short unless the profile {@code soak} says otherwise:
 * {@code mvn -Psoak -pl neffos-spring-boot-autoconfigure test}. Then the heap is
 * measured, too: what is in use after a garbage collection may grow by at most
 * {@value #TOLERANCE_MEGABYTES} MB from the end of a first, short run to the end of the
 * long one.
 */
@Tag("alone")
class SoakTests {

	private static final int CONNECTIONS = Integer.getInteger("soak.connections", 25);

	private static final Duration DURATION = Duration.parse(System.getProperty("soak.duration", "PT3S"));

	private static final int TOLERANCE_MEGABYTES = 8;

	/** With fewer connections a leak would not show. */
	private static final int ENOUGH = 100;

	@Test
	@Timeout(value = 30, unit = TimeUnit.MINUTES)
	void nothingIsLostMeanwhileAndNothingIsLeftAtTheEnd() throws Exception {
		try (LogTap log = new LogTap();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(SoakApplication.class)
					.properties("server.port=0", "neffos.ask-timeout=30s", "neffos.client.ask-timeout=30s",
							"neffos.client.dial-timeout=30s", "neffos.client.reconnect.initial-delay=20ms",
							"neffos.client.reconnect.max-delay=500ms", "neffos.client.reconnect.buffer=10",
							"neffos.client.uri=ws://localhost/neffos", "spring.task.execution.pool.core-size=32",
							"spring.task.execution.mode=force", "neffos.client.executor=clients",
							"logging.level.root=warn", "spring.main.banner-mode=off")
					.run()) {
			run(context, DURATION.dividedBy(5));
			long before = heapInUse();
			Fleet fleet = run(context, DURATION);
			long after = heapInUse();
			System.out.printf("Soak: %d connections, %s: %s; heap after GC %.1f MB, then %.1f MB%n", CONNECTIONS,
					DURATION, fleet, before / 1e6, after / 1e6);
			assertThat(fleet.mistakes()).as("what went wrong").isEmpty();
			assertThat(fleet.did("asked")).isPositive();
			assertThat(fleet.did("joined")).isPositive();
			assertThat(fleet.did("came back")).isPositive();
			assertThat(fleet.did("heard a tick")).isPositive();
			assertThat(log.events().stream().filter((event) -> event.getLevel().isGreaterOrEqual(Level.ERROR)))
				.isEmpty();
			if (CONNECTIONS >= ENOUGH) {
				assertThat(after - before).as("growth of the heap in bytes")
					.isLessThan(TOLERANCE_MEGABYTES * 1_000_000L);
			}
		}
	}

	private static Fleet run(ConfigurableApplicationContext context, Duration duration) throws Exception {
		NeffosServer server = context.getBean(NeffosServer.class);
		int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
		try (Ticker ticker = new Ticker(server);
				Fleet fleet = new Fleet(
						context.getBean(NeffosClientBuilder.class).uri("ws://localhost:" + port + "/neffos"), server,
						CONNECTIONS)) {
			fleet.run(duration);
			ticker.close();
			fleet.close();
			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				assertThat(server.connectionCount()).isZero();
				List<String> left = new ArrayList<>();
				for (String namespace : server.namespaces()) {
					assertThat(server.connectionCount(namespace)).as(namespace).isZero();
					server.rooms(namespace).forEach((room) -> left.add(room.name()));
				}
				assertThat(left).as("rooms").isEmpty();
				// Each pending ask, connect, join and leave of either side has one.
				assertThat(Timers.waiting(context)).as("timeouts that wait").isZero();
			});
			return fleet;
		}
	}

	private static long heapInUse() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 6; i++) {
			System.gc();
			Runtime runtime = Runtime.getRuntime();
			least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
		}
		return least;
	}

}
