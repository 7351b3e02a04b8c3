package io.neffos.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.neffos.Overflow;
import io.neffos.load.Heap;
import io.neffos.load.Instances;
import io.neffos.load.Ledger;
import io.neffos.load.LoadServer;
import io.neffos.load.Member;
import io.neffos.load.Swarm;
import io.neffos.load.Threads;
import io.neffos.load.Ticks;
import io.neffos.load.Uncaught;
import io.neffos.testkit.LogTap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Churn, fan-out, stalls and asks together, for as long as the profile {@code soak} says,
 * else for seconds. What stays exact meanwhile: members of a namespace that closes the
 * slow hear every tick; in one that drops, what was sent is what was heard or counted as
 * dropped. Afterwards there are as many objects of each class, and as many threads, as
 * after a first, short run.
 */
@Tag("alone")
class EnduranceTests {

	/**
	 * Each comes to be in four or five of the ten rooms, so what a room hears grows with
	 * the square of this.
	 */
	private static final int CLIENTS = Integer.getInteger("endurance.connections", 25);

	private static final Duration DURATION = Duration.parse(System.getProperty("endurance.duration", "PT6S"));

	/** Long enough for all pools to have their threads. */
	private static final Duration LONGEST_FIRST = Duration.ofSeconds(30);

	private static final int MEMBERS = 15;

	private static final int STALLING = 3;

	private static final int RATE = 150;

	private static final int SIZE = 4 * 1024;

	private static final int RECEIVE_BUFFER = 16 * 1024;

	/** Objects that pools may keep. */
	private static final int POOLED = 16;

	/**
	 * Longer than a stall fills an outbox, so that it is the bound that ends or drops. On
	 * sessions of the container a write that takes longer ends the connection whatever
	 * its namespace prefers.
	 */
	private static final String SEND_TIMEOUT = "neffos.send-timeout=10s";

	/**
	 * What Tomcat 11.0.22 keeps of one in some thousands of its own sessions that end by
	 * force: its processor is in {@code AbstractProtocol.waitingProcessors}, for ever,
	 * when another thread closes the socket while the one that has read is about to put
	 * it there. It holds nothing else of ours.
	 */
	private static final String KEPT_BY_TOMCAT = "io.neffos.websocket.PlainUpgradeStrategy$PlainRegistration";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@ParameterizedTest
	@ValueSource(strings = { "standard", "upgrade" })
	@Timeout(value = 60, unit = TimeUnit.MINUTES)
	void nothingGrowsAndCountersAddUp(String transport) throws Exception {
		Storm storm = new Storm();
		try (LogTap log = new LogTap();
				Uncaught uncaught = new Uncaught();
				LoadServer load = new LoadServer(transport, storm.namespaces(), SEND_TIMEOUT)) {
			storm.server(load.server());
			Duration first = DURATION.dividedBy(5);
			run(load, storm, (first.compareTo(LONGEST_FIRST) < 0) ? first : LONGEST_FIRST);
			Map<String, Integer> before = Instances.count();
			Map<String, Long> threads = Threads.byName();
			long heap = Heap.inUse();
			run(load, storm, DURATION);
			System.out.printf(
					"Soak: %s, %s, %d connections, %d rooms left, %d operations, %d of %d messages dropped, "
							+ "heap %d to %d KiB, threads %s to %s%n",
					transport, DURATION, storm.chronicle().count("closed"), storm.chronicle().count("left"),
					storm.chronicle().succeeded(), load.ledger().dropped("press", Overflow.DROP_OLDEST),
					load.ledger().sent("press"), heap / 1024, Heap.inUse() / 1024, threads, Threads.byName());
			assertThat(Instances.growth(before, Instances.count(), POOLED).keySet()).as("instances")
				.isSubsetOf(KEPT_BY_TOMCAT);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(Threads.growth(threads, Threads.byName())).as("threads").isEmpty());
			assertThat(log.texts()).isEmpty();
			assertThat(uncaught.exceptions()).isEmpty();
		}
	}

	private static void run(LoadServer load, Storm storm, Duration duration) throws Exception {
		Ledger ledger = load.ledger();
		long sent = ledger.sent("press");
		long dropped = ledger.dropped("press", Overflow.DROP_OLDEST);
		int ticks = Math.toIntExact(2 * RATE * (duration.toSeconds() + 2 * PATIENCE.toSeconds()));
		try (Crowd crowd = new Crowd(load.port(), CLIENTS, storm.chronicle())) {
			List<Member> hall = members(crowd.swarm(), "hall", ticks);
			List<Member> press = members(crowd.swarm(), "press", ticks);
			Ticks hallTicks = new Ticks(load.server(), "hall", "crowd", SIZE);
			Ticks pressTicks = new Ticks(load.server(), "press", "crowd", SIZE);
			try (hallTicks; pressTicks) {
				hallTicks.start(RATE);
				pressTicks.start(RATE);
				crowd.storm();
				long end = System.nanoTime() + duration.toNanos();
				for (int round = 0; round == 0 || System.nanoTime() < end; round++) {
					Member pausing = press.get(round % STALLING);
					long droppedBefore = ledger.dropped("press", Overflow.DROP_OLDEST);
					pausing.peer().stopReading();
					stall(crowd.swarm(), ledger, ticks);
					await().atMost(PATIENCE).until(() -> ledger.dropped("press", Overflow.DROP_OLDEST) > droppedBefore);
					pausing.peer().resumeReading();
				}
				crowd.calm();
			}
			awaitLast(hall, hallTicks, ledger);
			awaitLast(press, pressTicks, ledger);
			assertThat(hall).allMatch((member) -> member.heard() == hallTicks.sent() && member.gaps() == 0);
			long heard = press.stream().mapToLong(Member::heard).sum();
			long missed = press.stream().mapToLong(Member::gaps).sum();
			assertThat(press).allMatch((member) -> member.backwards() == 0);
			assertThat(ledger.dropped("press", Overflow.DROP_OLDEST) - dropped).as("dropped").isEqualTo(missed);
			assertThat(ledger.sent("press") - sent).as("sent").isEqualTo(heard + missed);
		}
		await().atMost(PATIENCE).untilAsserted(() -> {
			load.expectNobody();
			assertThat(load.sockets()).as("sockets").isZero();
			assertThat(storm.chronicle().pending()).as("operations that have not ended").isZero();
			assertThat(storm.chronicle().mistakes()).as("lives").isEmpty();
		});
	}

	/** One comes in, reads nothing, and is closed. */
	private static void stall(Swarm swarm, Ledger ledger, int ticks) throws Exception {
		Member member = new Member(swarm, RECEIVE_BUFFER, "hall", "crowd", ticks);
		member.joined().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		member.peer().stopReading();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(ledger.end(member.id())).isEqualTo("TOO_SLOW 1008 too slow"));
		member.peer().reset();
	}

	private static List<Member> members(Swarm swarm, String namespace, int ticks) throws Exception {
		List<Member> members = new ArrayList<>();
		for (int i = 0; i < MEMBERS; i++) {
			Member member = new Member(swarm, 256 * 1024, namespace, "crowd", ticks);
			members.add(member.joined().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
		}
		return members;
	}

	private static void awaitLast(List<Member> members, Ticks ticks, Ledger ledger) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(members).filteredOn((member) -> member.last() != ticks.sent() - 1)
				.as("have not heard the last of " + ticks.sent())
				.extracting((member) -> member + ", as told: " + ledger.end(member.id()))
				.isEmpty());
	}

}
