package io.neffos.stall;

import java.util.List;

import io.neffos.Conn;
import io.neffos.Namespaces;
import io.neffos.load.Heap;
import io.neffos.load.LoadServer;
import io.neffos.load.Member;
import io.neffos.load.Ticks;
import io.neffos.testkit.Leftovers;
import io.neffos.testkit.LogTap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Some of the hundred members of a room stop reading while 4 KB are broadcast to it two
 * hundred times a second. The others lose nothing and do not wait, the heap stays as it
 * is, and the stalled ones are closed in time and forgotten.
 */
@Tag("alone")
class StallTests {

	private static final int MEMBERS = 100;

	private static final int RATE = 200;

	private static final int SIZE = 4 * 1024;

	private static final int UNDISTURBED = RATE;

	private static final int DISTURBED = 5 * RATE / 2;

	private static final int MOST_ROUNDS = 3;

	private static final int MOST_TICKS = 10_000;

	/** What the kernel keeps for a stalled one is not the server's, so it is little. */
	private static final int RECEIVE_BUFFER = 16 * 1024;

	private static final int USUAL_RECEIVE_BUFFER = 256 * 1024;

	/** Holds all of a round, so that it is the time that runs out. */
	private static final int OUTBOX = 4 * 1024 * 1024;

	private static final int SLACK = 8 * 1024 * 1024;

	/** Below this, what was late is the machine, not the stalled ones. */
	private static final int FLOOR_MICROS = 50_000;

	@ParameterizedTest
	@ValueSource(strings = { "standard", "upgrade" })
	@Timeout(180)
	void onlyTheStalledAreHarmed(String transport) throws Exception {
		Namespaces namespaces = Namespaces.builder().namespace("hall", (events) -> {
		}).build();
		try (LogTap log = new LogTap();
				LoadServer server = new LoadServer(transport, namespaces, "neffos.send-timeout=2s",
						"neffos.limits.outbox-size=" + OUTBOX);
				Hall hall = new Hall(server, "hall", MOST_TICKS, SIZE)) {
			List<Member> others = hall.members(MEMBERS - 1, USUAL_RECEIVE_BUFFER);
			hall.ticks().send(RATE / 2, RATE / 2);
			hall.awaitHeard(others);
			long before = Heap.inUse();
			int ended = 0;
			for (int count : new int[] { 1, 4, 40 }) {
				while (others.size() > MEMBERS - count) {
					others.remove(others.size() - 1).peer().close(1000);
					ended++;
				}
				boolean waited = true;
				for (int round = 0; round < MOST_ROUNDS && waited; round++) {
					// What the machine does to one round it does not do to each.
					waited = round(hall, others, count);
					ended += count;
				}
				assertThat(waited).as("the others waited for the stalled ones in each round").isFalse();
				hall.expectAllHeard(others);
				assertThat(server.ledger().closed()).as("connections that ended").isEqualTo(ended);
			}
			assertThat(Heap.inUse() - before).as("growth of the heap").isLessThan(SLACK);
			hall.leave(others);
			assertThat(log.texts()).isEmpty();
		}
	}

	/** Whether the others waited for the stalled ones. */
	private static boolean round(Hall hall, List<Member> others, int count) throws Exception {
		List<Member> stalled = hall.members(count, RECEIVE_BUFFER);
		List<Conn> conns = hall.conns(stalled);
		int first = hall.ticks().sent();
		hall.ticks().send(UNDISTURBED, RATE);
		hall.awaitHeard(others);
		hall.awaitHeard(stalled);
		int second = hall.ticks().sent();
		long before = Heap.inUse();
		stalled.forEach((member) -> member.peer().stopReading());
		hall.ticks().send(DISTURBED, RATE);
		hall.awaitHeard(others);
		assertThat(Heap.inUse() - before).as("growth of the heap").isLessThan((long) count * OUTBOX + SLACK);
		hall.expectTooSlow(stalled, others);
		conns.forEach(Leftovers::none);
		hall.expectRestAndEnd(stalled, others);
		int undisturbed = Ticks.p99(others, first, second);
		int disturbed = Ticks.p99(others, second, hall.ticks().sent());
		System.out.printf("Stall: %s, %d of %d: p99 %.1f ms, undisturbed %.1f ms%n", hall, count, MEMBERS,
				disturbed / 1e3, undisturbed / 1e3);
		return disturbed > Math.max(3 * undisturbed, FLOOR_MICROS);
	}

}
