package io.neffos.autoconfigure.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neffos.Conn;
import io.neffos.NeffosServer;
import io.neffos.Overflow;
import io.neffos.RoomInfo;
import io.neffos.Scope;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.observe.NeffosObserver.HandlerOutcome;
import io.neffos.observe.NeffosObserver.JoinOutcome;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/** Tests for {@link NeffosMetrics}. */
class NeffosMetricsTests {

	private final NeffosServer server = mock(NeffosServer.class);

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final NeffosMetrics metrics = new NeffosMetrics(() -> this.server);

	@BeforeEach
	void bind() {
		given(this.server.namespaces()).willReturn(Set.of("chat", "game"));
		this.metrics.bindTo(this.registry);
	}

	@Test
	void connectionsAreLevels() {
		given(this.server.connectionCount(Scope.LOCAL)).willReturn(7);
		given(this.server.connectionCount("chat", Scope.LOCAL)).willReturn(5);
		given(this.server.connectionCount("game", Scope.LOCAL)).willReturn(4);
		assertThat(gauge("neffos.connections")).isEqualTo(7);
		assertThat(gauge("neffos.namespace.connections", "namespace", "chat")).isEqualTo(5);
		assertThat(gauge("neffos.namespace.connections", "namespace", "game")).isEqualTo(4);
	}

	@Test
	void roomsAreLevels() {
		given(this.server.roomCount("chat", Scope.LOCAL)).willReturn(2);
		List<RoomInfo> rooms = rooms(1, 1, 2, 10, 11, 100, 101, 1000, 1001, 0);
		given(this.server.rooms("chat", Scope.LOCAL)).willReturn(rooms);
		assertThat(gauge("neffos.rooms", "namespace", "chat")).isEqualTo(2);
		assertThat(gauge("neffos.room.memberships", "namespace", "chat")).isEqualTo(2227);
		assertThat(gauge("neffos.room.size.max", "namespace", "chat")).isEqualTo(1001);
		assertThat(roomsOfSize("1")).isEqualTo(2);
		assertThat(roomsOfSize("2-10")).isEqualTo(2);
		assertThat(roomsOfSize("11-100")).isEqualTo(2);
		assertThat(roomsOfSize("101-1000")).isEqualTo(2);
		assertThat(roomsOfSize("1001+")).isEqualTo(1);
	}

	@Test
	void oneScrapeWalksTheRoomsOnce() {
		List<RoomInfo> before = rooms(3);
		given(this.server.rooms("chat", Scope.LOCAL)).willReturn(before);
		assertThat(gauge("neffos.room.memberships", "namespace", "chat")).isEqualTo(3);
		assertThat(gauge("neffos.room.size.max", "namespace", "chat")).isEqualTo(3);
		verify(this.server, times(1)).rooms("chat", Scope.LOCAL);
		List<RoomInfo> after = rooms(4);
		given(this.server.rooms("chat", Scope.LOCAL)).willReturn(after);
		this.clock.add(Duration.ofMillis(100));
		assertThat(gauge("neffos.room.memberships", "namespace", "chat")).isEqualTo(4);
	}

	@ParameterizedTest
	@EnumSource
	void joinsAreCounted(JoinOutcome outcome) {
		this.metrics.join("chat", outcome);
		this.metrics.join("chat", outcome);
		assertThat(counter("neffos.joins", "namespace", "chat", "outcome", Tags.valueOf(outcome))).isEqualTo(2);
		assertThat(counter("neffos.joins", "namespace", "game", "outcome", Tags.valueOf(outcome))).isZero();
	}

	@Test
	void messagesAreCounted() {
		this.metrics.received("chat");
		this.metrics.sent("chat", 5);
		this.metrics.sent("game", 2);
		assertThat(counter("neffos.messages.received", "namespace", "chat")).isEqualTo(1);
		assertThat(counter("neffos.messages.sent", "namespace", "chat")).isEqualTo(5);
		assertThat(counter("neffos.messages.sent", "namespace", "game")).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void droppedMessagesAreCounted(DropReason reason) {
		this.metrics.dropped(reason);
		assertThat(counter("neffos.messages.dropped", "reason", Tags.valueOf(reason))).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void closedConnectionsAreCounted(CloseCause cause) {
		this.metrics.closed(mock(Conn.class), new CloseReason(CloseReason.NORMAL, ""), cause);
		assertThat(counter("neffos.closed", "reason", Tags.valueOf(cause))).isEqualTo(1);
	}

	@Test
	void overflowsAreCounted() {
		this.metrics.outboxOverflow();
		assertThat(counter("neffos.outbox.overflow")).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOSE")
	void messagesDroppedForSlowReceiversAreCounted(Overflow policy) {
		this.metrics.overflowDropped("chat", policy, 3);
		assertThat(counter("neffos.outbox.dropped", "namespace", "chat", "policy", Tags.valueOf(policy))).isEqualTo(3);
		assertThat(counter("neffos.outbox.dropped", "namespace", "game", "policy", Tags.valueOf(policy))).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void handlersAreTimed(HandlerOutcome outcome) {
		this.metrics.handled("chat", "say", outcome, 1_500_000);
		this.metrics.handled("chat", "say", outcome, 500_000);
		assertThat(this.registry.get("neffos.handler")
			.tags("namespace", "chat", "event", "say", "outcome", Tags.valueOf(outcome))
			.timer()).satisfies((timer) -> {
				assertThat(timer.count()).isEqualTo(2);
				assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
			});
	}

	@Test
	void handlersAreFoundOnce() {
		this.metrics.handled("chat", "say", HandlerOutcome.SUCCESS, 1);
		int meters = this.registry.getMeters().size();
		for (int i = 0; i < 100; i++) {
			this.metrics.handled("chat", "say", HandlerOutcome.ERROR, 1);
			this.metrics.received("chat");
		}
		assertThat(this.registry.getMeters()).hasSize(meters);
	}

	@Test
	void tagValuesReadWell() {
		assertThat(Tags.valueOf(DropReason.FOREIGN_SYSTEM_EVENT)).isEqualTo("foreign-system-event");
	}

	@Test
	void severalRegistriesAreServed() {
		SimpleMeterRegistry other = new SimpleMeterRegistry();
		this.metrics.bindTo(other);
		this.metrics.received("chat");
		assertThat(counter("neffos.messages.received", "namespace", "chat")).isEqualTo(1);
		assertThat(other.get("neffos.messages.received").tags("namespace", "chat").counter().count()).isEqualTo(1);
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private double roomsOfSize(String bucket) {
		return gauge("neffos.room.size", "namespace", "chat", "bucket", bucket);
	}

	private double counter(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter().count();
	}

	private static List<RoomInfo> rooms(int... sizes) {
		List<RoomInfo> rooms = new ArrayList<>();
		for (int size : sizes) {
			RoomInfo room = mock(RoomInfo.class);
			given(room.size()).willReturn(size);
			rooms.add(room);
		}
		return rooms;
	}

}
