package io.neffos.stall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.neffos.Conn;
import io.neffos.NeffosServer;
import io.neffos.load.LoadServer;
import io.neffos.load.Member;
import io.neffos.load.Swarm;
import io.neffos.load.Ticks;
import io.neffos.testkit.Leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One room full of members, and what must be true of them. */
final class Hall implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final String ROOM = "crowd";

	private final String namespace;

	private final LoadServer load;

	private final NeffosServer server;

	private final Swarm swarm;

	private final Ticks ticks;

	private final int mostTicks;

	Hall(LoadServer load, String namespace, int mostTicks, int size) {
		this.namespace = namespace;
		this.load = load;
		this.server = load.server();
		this.swarm = new Swarm(load.port());
		this.ticks = new Ticks(this.server, this.namespace, ROOM, size);
		this.mostTicks = mostTicks;
	}

	/** What is broadcast. */
	Ticks ticks() {
		return this.ticks;
	}

	/** Let some come in. */
	List<Member> members(int count, int receiveBuffer) throws Exception {
		List<Member> members = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			members.add(new Member(this.swarm, receiveBuffer, this.namespace, ROOM, this.mostTicks));
		}
		for (Member member : members) {
			member.joined().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		return members;
	}

	/** The server's side of some. */
	List<Conn> conns(List<Member> members) {
		return members.stream().map((member) -> Objects.requireNonNull(this.server.connection(member.id()))).toList();
	}

	/** Who is here has heard the last that was sent. */
	void awaitHeard(List<Member> members) {
		await().atMost(PATIENCE)
			.failFast("one has gone",
					() -> assertThat(members).filteredOn((member) -> member.peer().end().isDone()).isEmpty())
			.untilAsserted(() -> assertThat(members).as("have not heard all " + this.ticks.sent())
				.filteredOn((member) -> member.last() != this.ticks.sent() - 1)
				.isEmpty());
	}

	/** Who is here has heard the number, or a later one. */
	void awaitHeard(List<Member> members, int number) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(members).as("have not heard " + number)
				.filteredOn((member) -> member.last() < number)
				.isEmpty());
	}

	/** Those who were here from the beginning missed nothing. */
	void expectAllHeard(List<Member> members) {
		assertThat(members).allSatisfy((member) -> {
			assertThat(member.heard()).as("heard by " + member).isEqualTo(this.ticks.sent());
			assertThat(member.gaps()).as("lost by " + member).isZero();
			assertThat(member.backwards()).as("twice or out of order at " + member).isZero();
			assertThat(member.peer().end()).isNotDone();
		});
	}

	/** They were closed, and nobody but the others is here. */
	void expectTooSlow(List<Member> stalled, List<Member> others) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(stalled).allSatisfy(
					(member) -> assertThat(this.load.ledger().end(member.id())).isEqualTo("TOO_SLOW 1008 too slow")));
		String[] ids = others.stream().map(Member::id).toArray(String[]::new);
		assertThat(this.server.connections()).extracting(Conn::id).containsExactlyInAnyOrder(ids);
		assertThat(this.server.connectionCount()).isEqualTo(ids.length);
		assertThat(this.server.connections(this.namespace)).extracting((ns) -> ns.conn().id())
			.containsExactlyInAnyOrder(ids);
		assertThat(this.server.connectionCount(this.namespace)).isEqualTo(ids.length);
		assertThat(Objects.requireNonNull(this.server.room(this.namespace, ROOM)).members())
			.extracting((ns) -> ns.conn().id())
			.containsExactlyInAnyOrder(ids);
		assertThat(stalled).allSatisfy((member) -> assertThat(this.server.connection(member.id())).isNull());
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.load.timers()).as("timeouts").isZero());
	}

	/**
	 * Who reads again finds what was still sent, and the end. The sockets of those who do
	 * not are given up as well.
	 */
	void expectRestAndEnd(List<Member> stalled, List<Member> others) throws Exception {
		for (Member member : stalled.subList(0, (stalled.size() + 1) / 2)) {
			member.peer().resumeReading();
			assertThat(member.peer().end().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isIn("close 1008",
					"end of stream", "reset");
			assertThat(member.gaps()).as("lost before the end of " + member).isZero();
			assertThat(member.backwards()).isZero();
		}
		expectSockets(others.size());
		stalled.forEach((member) -> member.peer().reset());
	}

	/** Everybody goes, and nothing is left. */
	void leave(List<Member> members) {
		conns(members).forEach(Leftovers::none);
		members.forEach((member) -> member.peer().close(1000));
		await().atMost(PATIENCE).untilAsserted(this.load::expectNobody);
		expectSockets(0);
	}

	private void expectSockets(int count) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.load.sockets()).as("sockets of the container").isEqualTo(count));
	}

	@Override
	public void close() throws Exception {
		this.ticks.close();
		this.swarm.close();
	}

	@Override
	public String toString() {
		return this.load.toString();
	}

}
