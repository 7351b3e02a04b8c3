package io.neffos.chaos;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.neffos.load.LoadServer;
import io.neffos.load.Member;
import io.neffos.load.Swarm;
import io.neffos.load.Threads;
import io.neffos.load.Ticks;
import io.neffos.testkit.LogTap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A hundred clients are killed and come back, under load, while the handlers of their
 * ends do what deadlocks other servers.
 */
@Tag("alone")
class ChaosTests {

	private static final int CLIENTS = 100;

	private static final int BYSTANDERS = 5;

	private static final int RATE = 100;

	private static final int TICKS = 4 * RATE;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@ParameterizedTest
	@ValueSource(strings = { "standard", "upgrade" })
	@Timeout(120)
	void handlersOfEndingsMayDoAnything(String transport) throws Exception {
		Storm storm = new Storm();
		try (LogTap log = new LogTap(); LoadServer load = new LoadServer(transport, storm.namespaces())) {
			storm.server(load.server());
			long threads;
			try (Crowd crowd = new Crowd(load.port(), CLIENTS, storm.chronicle());
					Ticks ticks = new Ticks(load.server(), "hall", "crowd", 100)) {
				List<Member> bystanders = bystanders(crowd.swarm());
				crowd.storm();
				ticks.send(TICKS / 2, RATE);
				threads = Threads.count();
				ticks.send(TICKS / 2, RATE);
				// Nobody else heard of it.
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(bystanders).allMatch((member) -> member.heard() == TICKS));
				assertThat(bystanders).allMatch((member) -> member.gaps() == 0 && member.backwards() == 0);
				crowd.calm();
				storm.calm();
				assertThat(crowd.killed()).as("killed").isGreaterThan(CLIENTS);
				expectService(load, crowd.swarm());
				bystanders.forEach((member) -> member.peer().close(1000));
			}
			Chronicle chronicle = storm.chronicle();
			await().atMost(PATIENCE).untilAsserted(() -> {
				load.expectNobody();
				assertThat(load.sockets()).as("sockets").isZero();
				assertThat(chronicle.pending()).as("operations that have not ended").isZero();
				assertThat(chronicle.mistakes()).as("lives").isEmpty();
			});
			System.out.printf("Chaos: %s, %d lives, %d rooms left, %d operations done%n", transport,
					chronicle.count("closed"), chronicle.count("left"), chronicle.succeeded());
			assertThat(chronicle.count("left")).isGreaterThan(CLIENTS);
			assertThat(chronicle.succeeded()).isPositive();
			assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads()).isNull();
			assertThat(Threads.count()).as("threads").isLessThanOrEqualTo(threads);
			assertThat(log.texts()).isEmpty();
		}
	}

	/** Members that nobody kills, of a namespace without such handlers. */
	private static List<Member> bystanders(Swarm swarm) throws Exception {
		List<Member> members = new ArrayList<>();
		for (int i = 0; i < BYSTANDERS; i++) {
			Member member = new Member(swarm, 256 * 1024, "hall", "crowd", TICKS);
			members.add(member.joined().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
		}
		return members;
	}

	/** Each room can be joined, and each broadcast to it is heard. */
	private static void expectService(LoadServer load, Swarm swarm) throws Exception {
		for (int i = 0; i < Storm.ROOMS; i++) {
			String room = "room-" + i;
			Member member = new Member(swarm, 256 * 1024, Storm.NAMESPACE, room, 1);
			member.joined().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			try (Ticks ticks = new Ticks(load.server(), Storm.NAMESPACE, room, 1)) {
				ticks.send(1, RATE);
				await().atMost(PATIENCE).untilAsserted(() -> assertThat(member.heard()).isEqualTo(1));
			}
			member.peer().close(1000);
		}
	}

}
