package io.neffos.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterView}, with one other server that is written by hand. */
class ClusterViewTests {

	private static final Duration LEASE = Duration.ofSeconds(15);

	private final List<RoomEvent> events = new ArrayList<>();

	private final Local local = new Local();

	private long now = 1;

	private final ClusterView view = new ClusterView(
			new ViewSettings("own", "own name", LEASE, Duration.ZERO, 3, 4, 10), () -> this.now, 0, this.events::add);

	@Test
	void tellsWhatChangedSinceTheLastTick() {
		this.view.connectionBack();
		tick();
		join("lobby");
		assertThat(tick()).containsExactly(new Outgoing(null, new Changes(0, 1, 1,
				new Digest(List.of(new RoomDigest("chat", "lobby", 1, RoomDigest.TOLD)), Map.of("chat", 1)))));
		assertThat(tick()).isEmpty();
		assertThat(this.events).containsExactly(new RoomEvent("chat", "lobby", true));
	}

	@Test
	void tellsBothEndsOfAShortLife() {
		this.view.dirty("chat", "lobby", true);
		tick();
		assertThat(this.events).containsExactly(new RoomEvent("chat", "lobby", true),
				new RoomEvent("chat", "lobby", false));
		assertThat(this.view.known().roomCount("chat", (room) -> false)).isZero();
	}

	@Test
	void believesTheEndOfARoomAfterAWhile() {
		ViewSettings settings = ViewSettings.of("own", "own name", LEASE);
		ClusterView waiting = actingView(settings);
		waiting.received("other", new Beat("other", 0, 0, 0, false));
		waiting.received("other", new Changes(0, 1, 1, digest("lobby", 1)));
		waiting.received("other", new Changes(1, 2, 0, digest("lobby", 0)));
		this.now += settings.handover().toNanos() - 1;
		waiting.tick(this.local);
		assertThat(this.events).containsExactly(new RoomEvent("chat", "lobby", true));
		this.now++;
		waiting.tick(this.local);
		waiting.tick(this.local);
		assertThat(this.events).containsExactly(new RoomEvent("chat", "lobby", true),
				new RoomEvent("chat", "lobby", false));
	}

	@Test
	void tellsNothingIfSomebodyComesWhileItWaits() {
		ViewSettings settings = ViewSettings.of("own", "own name", LEASE);
		ClusterView waiting = actingView(settings);
		waiting.received("other", new Beat("other", 0, 0, 0, false));
		waiting.received("other", new Changes(0, 1, 1, digest("lobby", 1)));
		waiting.received("other", new Changes(1, 2, 0, digest("lobby", 0)));
		this.now += settings.handover().toNanos() - 1;
		waiting.received("third", new Beat("third", 0, 0, 0, false));
		waiting.received("third", new Changes(0, 1, 1, digest("lobby", 1)));
		this.now += 1;
		waiting.tick(this.local);
		waiting.received("third", new Changes(1, 2, 0, digest("lobby", 0)));
		this.now += settings.handover().toNanos() - 1;
		waiting.tick(this.local);
		// A visit that is over before it is heard of.
		waiting.received("other", new Changes(2, 3, 0,
				new Digest(List.of(new RoomDigest("chat", "lobby", 0, RoomDigest.CREATED)), Map.of())));
		this.now += settings.handover().toNanos() - 1;
		waiting.tick(this.local);
		assertThat(this.events).containsExactly(new RoomEvent("chat", "lobby", true));
		this.now++;
		waiting.tick(this.local);
		assertThat(this.events).containsExactly(new RoomEvent("chat", "lobby", true),
				new RoomEvent("chat", "lobby", false));
	}

	@Test
	void asksForWhatItMissedAtMostOncePerSecond() {
		this.view.connectionBack();
		hear(new Beat("other", 0, 1, 5, false));
		assertThat(wants()).isOne();
		this.now += Duration.ofMillis(900).toNanos();
		assertThat(wants()).isZero();
		this.now += Duration.ofMillis(200).toNanos();
		assertThat(wants()).isOne();
		hear(new Changes(5, 6, 1, digest("late", 0)));
		hear(new Full(5, 0, 2, 1, digest("late", 1)));
		assertThat(this.view.known().remoteSize("chat", "late")).isZero();
		hear(new Full(5, 1, 2, 1, digest("lobby", 2)));
		this.now += Duration.ofSeconds(2).toNanos();
		assertThat(wants()).isZero();
		assertThat(this.view.known().remoteSize("chat", "lobby")).isEqualTo(2);
		assertThat(this.view.known().remoteSize("chat", "late")).isZero();
		hear(new Changes(8, 9, 1, digest("lobby", 9)));
		assertThat(this.view.known().remoteSize("chat", "lobby")).isEqualTo(2);
		assertThat(wants()).isOne();
	}

	@Test
	void answersWithAllItHas() {
		this.view.connectionBack();
		join("lobby");
		tick();
		this.view.received("other", new ClusterMessage.Want());
		assertThat(tick()).contains(new Outgoing("other", new Full(1, 0, 1, 1,
				new Digest(List.of(new RoomDigest("chat", "lobby", 1, RoomDigest.TOLD)), Map.of("chat", 1)))));
	}

	@Test
	void takesARepeatedMessageOnce() {
		hear(new Beat("other", 0, 0, 0, false));
		hear(new Changes(0, 1, 3, digest("lobby", 3)));
		hear(new Changes(1, 2, 2, digest("lobby", 2)));
		hear(new Changes(0, 1, 3, digest("lobby", 3)));
		assertThat(this.view.known().remoteSize("chat", "lobby")).isEqualTo(2);
		assertThat(this.view.known().remoteConnections()).isEqualTo(2);
		assertThat(this.view.known().nodesWith("chat", "lobby")).containsExactly("other");
	}

	@Test
	void forgetsAServerWithItsLease() {
		hear(new Beat("other", 0, 0, 0, false));
		hear(new Changes(0, 1, 3, digest("lobby", 3)));
		tick();
		this.now += LEASE.toNanos();
		tick();
		assertThat(this.view.known().others()).containsExactly("other");
		assertThat(this.view.known().servers()).extracting(ClusterServer::age).containsExactly(Duration.ZERO, LEASE);
		this.now++;
		tick();
		assertThat(this.view.known().others()).isEmpty();
		assertThat(this.view.known().remoteSize("chat", "lobby")).isZero();
		assertThat(this.view.known().roomCount("chat", (room) -> false)).isZero();
		assertThat(this.view.known().remoteConnections()).isZero();
		assertThat(this.events).containsExactly(new RoomEvent("chat", "lobby", true),
				new RoomEvent("chat", "lobby", false));
	}

	@Test
	void forgetsAServerThatLeavesAtOnce() {
		hear(new Beat("other", 0, 0, 0, false));
		hear(new Changes(0, 1, 3, digest("lobby", 3)));
		hear(new ClusterMessage.Bye());
		hear(new Beat("other", 0, 3, 1, false));
		assertThat(this.view.known().others()).isEmpty();
		assertThat(this.view.known().remoteSize("chat", "lobby")).isZero();
	}

	@Test
	void leavesWithWhatItHasNotToldYet() {
		this.view.connectionBack();
		tick();
		assertThat(this.view.leave()).contains(new Outgoing(null, new ClusterMessage.Bye()));
		assertThat(this.view.leave()).isEmpty();
		assertThat(tick()).isEmpty();
	}

	@Test
	void looksAtABoundedNumberOfThings() {
		hear(new Beat("other", 0, 0, 0, false));
		for (int i = 0; i < 6; i++) {
			hear(new Changes(i, i + 1, 0, digest("r" + i, 1)));
		}
		assertThat(this.view.known().rooms("chat")).hasSize(4);
		assertThat(this.view.ignored()).isEqualTo(2);
		hear(new Changes(6, 7, 0, digest("much too long", 1)));
		assertThat(this.view.ignored()).isEqualTo(3);
		for (int i = 0; i < 5; i++) {
			this.view.received("node" + i, new ClusterMessage.Hello());
		}
		assertThat(this.view.known().servers()).hasSize(4);
		assertThat(this.view.ignored()).isEqualTo(6);
	}

	@Test
	void ignoresItself() {
		this.view.received("own", new Beat("liar", 0, 7, 0, true));
		assertThat(this.view.known().remoteConnections()).isZero();
		assertThat(this.view.known().servers())
			.containsExactly(new ClusterServer("own", "own name", Duration.ZERO, 0, true));
	}

	/** A view that has been alone for long enough to tell what it sees. */
	private ClusterView actingView(ViewSettings settings) {
		ClusterView acting = new ClusterView(settings, () -> this.now, 0, this.events::add);
		acting.connectionBack();
		this.now += settings.settle().toNanos();
		acting.tick(this.local);
		this.now += settings.handover().toNanos();
		acting.tick(this.local);
		return acting;
	}

	private void hear(ClusterMessage message) {
		this.view.received("other", message);
	}

	private List<Outgoing> tick() {
		return this.view.tick(this.local);
	}

	private long wants() {
		return tick().stream().filter((message) -> message.message() instanceof ClusterMessage.Want).count();
	}

	private void join(String room) {
		this.local.sizes.merge(room, 1, Integer::sum);
		this.view.dirty("chat", room, true);
	}

	private static Digest digest(String room, int size) {
		return new Digest(List.of(new RoomDigest("chat", room, size, 0)), Map.of());
	}

	/** One namespace, and a connection for each member. */
	private static final class Local implements LocalRooms {

		private final Map<String, Integer> sizes = new HashMap<>();

		@Override
		public int size(String namespace, String room) {
			return this.sizes.getOrDefault(room, 0);
		}

		@Override
		public int connections() {
			return this.sizes.values().stream().mapToInt(Integer::intValue).sum();
		}

		@Override
		public Map<String, Integer> namespaces() {
			return Map.of("chat", connections());
		}

	}

}
