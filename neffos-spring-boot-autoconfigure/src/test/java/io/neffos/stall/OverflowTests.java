package io.neffos.stall;

import java.util.List;

import io.neffos.Namespaces;
import io.neffos.Overflow;
import io.neffos.load.Heap;
import io.neffos.load.LoadServer;
import io.neffos.load.Member;
import io.neffos.testkit.LogTap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Members that stop reading for a while, in namespaces that drop events instead of
 * closing. They stay, and what they hear afterwards is in order.
 */
@Tag("alone")
class OverflowTests {

	private static final int OTHERS = 20;

	private static final int STALLED = 5;

	private static final int RATE = 400;

	private static final int STALL = 3 * RATE / 2;

	private static final int SIZE = 4 * 1024;

	private static final int OUTBOX = 64 * SIZE;

	private static final int SLACK = 8 * 1024 * 1024;

	@ParameterizedTest
	@CsvSource({ "standard, DROP_OLDEST", "standard, DROP_NEWEST", "standard, CONFLATE", "upgrade, DROP_OLDEST",
			"upgrade, DROP_NEWEST", "upgrade, CONFLATE" })
	void theStalledStayAndMissSomeInOrder(String transport, Overflow policy) throws Exception {
		Namespaces namespaces = Namespaces.builder().namespace("hall", (events) -> events.overflow(policy)).build();
		try (LogTap log = new LogTap();
				LoadServer server = new LoadServer(transport, namespaces, "neffos.limits.outbox-size=" + OUTBOX,
						"neffos.send-timeout=60s");
				Hall hall = new Hall(server, "hall", 2 * STALL, SIZE)) {
			List<Member> others = hall.members(OTHERS, 256 * 1024);
			List<Member> stalled = hall.members(STALLED, 16 * 1024);
			hall.ticks().send(RATE / 8, RATE / 4);
			hall.awaitHeard(others);
			hall.awaitHeard(stalled);
			long before = Heap.inUse();
			stalled.forEach((member) -> member.peer().stopReading());
			hall.ticks().send(STALL, RATE);
			hall.awaitHeard(others);
			assertThat(Heap.inUse() - before).as("growth of the heap").isLessThan(STALLED * OUTBOX + SLACK);
			int newest = hall.ticks().sent() - 1;
			stalled.forEach((member) -> member.peer().resumeReading());
			if (policy == Overflow.DROP_NEWEST) {
				await().atMost(Hall.PATIENCE)
					.untilAsserted(() -> assertThat(heard(others) + heard(stalled))
						.isEqualTo(server.ledger().sent("hall") - server.ledger().dropped("hall", policy)));
				assertThat(stalled).allMatch((member) -> member.last() < newest);
			}
			else {
				hall.awaitHeard(stalled, newest);
			}
			hall.ticks().send(RATE / 8, RATE / 4);
			hall.awaitHeard(others);
			hall.awaitHeard(stalled);
			hall.expectAllHeard(others);
			assertThat(stalled).allMatch((member) -> member.backwards() == 0 && member.gaps() > 0);
			long missed = stalled.stream().mapToLong(Member::gaps).sum();
			assertThat(server.ledger().dropped("hall", policy)).as("dropped").isEqualTo(missed);
			assertThat(server.ledger().sent("hall")).as("sent").isEqualTo(heard(others) + heard(stalled) + missed);
			assertThat(server.ledger().closed()).as("connections that ended").isZero();
			others.addAll(stalled);
			hall.leave(others);
			assertThat(log.texts()).isEmpty();
		}
	}

	private static long heard(List<Member> members) {
		return members.stream().mapToLong(Member::heard).sum();
	}

}
