package io.neffos.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.NSConn;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the asker's own handler refuses is never sent, and leaves nothing on either side
 * (B1).
 */
class LocalRefusalTests {

	private final EventLog serverLog = new EventLog();

	private final EventLog clientLog = new EventLog();

	/** What the handlers of a side refuse: the side and the event. */
	private volatile String refused = "";

	private volatile Supplier<Object> refusal = () -> "";

	private final BothSides sides = new BothSides(
			(builder) -> builder.namespace("chat", (events) -> logged(events, "server", this.serverLog))
				.namespace("side", (events) -> {
				}),
			(builder) -> builder.namespace("chat", (events) -> logged(events, "client", this.clientLog))
				.namespace("side", (events) -> {
				}));

	private void logged(Events.Builder events, String side, EventLog log) {
		for (String event : List.of(SystemEvents.NAMESPACE_CONNECT, SystemEvents.ROOM_JOIN, SystemEvents.ROOM_LEAVE)) {
			events.onAsk(event, (ns, msg) -> {
				log.event(ns, msg);
				return this.refused.equals(side + event) ? this.refusal.get() : null;
			});
		}
		events.on(SystemEvents.NAMESPACE_CONNECTED, log::event)
			.on(SystemEvents.ROOM_JOINED, log::event)
			.on(SystemEvents.ROOM_LEFT, log::event);
	}

	@AfterEach
	void stop() {
		this.sides.close();
	}

	private record Way(String name, Supplier<Object> refusal, Class<?> thrown, String text) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Object[]> ways() {
		List<Way> ways = List.of(new Way("throws a refusal", () -> {
			throw new RefusedException("mine");
		}, RefusedException.class, "mine"), new Way("throws anything", () -> {
			throw new IllegalStateException("secret");
		}, NeffosException.class, "A handler of this side failed"),
				new Way("returns a failed future", () -> CompletableFuture.failedFuture(new RefusedException("later")),
						RefusedException.class, "later"),
				new Way("returns a future that fails later", () -> CompletableFuture.runAsync(() -> {
					throw new RefusedException("much later");
				}), RefusedException.class, "much later"));
		return Stream.of("client", "server").flatMap((side) -> ways.stream().map((way) -> new Object[] { side, way }));
	}

	private void refuse(String side, String event, Way way) {
		this.sides.line().wire().clear();
		this.serverLog.clear();
		this.clientLog.clear();
		this.refusal = way.refusal;
		this.refused = side + event;
	}

	private EventLog log(String side) {
		return side.equals("client") ? this.clientLog : this.serverLog;
	}

	private EventLog other(String side) {
		return side.equals("client") ? this.serverLog : this.clientLog;
	}

	@ParameterizedTest
	@MethodSource("ways")
	void connect(String side, Way way) {
		NeffosClient client = this.sides.dial();
		NSConn sync = client.connect("side");
		Conn asker = side.equals("client") ? client.conn() : this.sides.onServer(client);
		refuse(side, SystemEvents.NAMESPACE_CONNECT, way);
		assertThatThrownBy(() -> asker.connect("chat")).isExactlyInstanceOf(way.thrown).hasMessage(way.text);
		this.sides.synchronize(sync);
		assertThat(this.sides.frames()).isEmpty();
		log(side).saw("NamespaceConnect+");
		other(side).saw();
		assertThat(client.namespace("chat")).isNull();
		assertThat(this.sides.onServer(client).namespace("chat")).isNull();
		assertThat(this.sides.server().server().connections("chat")).isEmpty();
		this.sides.expectNothingLeft(client);
		// And it works when nobody minds.
		this.refused = "";
		asker.connect("chat");
		assertThat(this.sides.frames()).hasSize(2);
	}

	@ParameterizedTest
	@MethodSource("ways")
	void join(String side, Way way) {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		NSConn asker = side.equals("client") ? chat : this.sides.onServer(chat);
		refuse(side, SystemEvents.ROOM_JOIN, way);
		assertThatThrownBy(() -> asker.joinRoom("lobby")).isExactlyInstanceOf(way.thrown).hasMessage(way.text);
		this.sides.synchronize(chat);
		assertThat(this.sides.frames()).isEmpty();
		log(side).saw("RoomJoin lobby+");
		other(side).saw();
		assertThat(chat.rooms()).isEmpty();
		assertThat(this.sides.onServer(chat).rooms()).isEmpty();
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
		this.sides.expectNothingLeft(client);
		this.refused = "";
		asker.joinRoom("lobby");
		assertThat(this.sides.frames()).hasSize(2);
	}

	@ParameterizedTest
	@MethodSource("ways")
	void leave(String side, Way way) {
		NeffosClient client = this.sides.dial();
		NSConn chat = client.connect("chat");
		chat.joinRoom("lobby");
		this.sides.synchronize(chat);
		NSConn asker = side.equals("client") ? chat : this.sides.onServer(chat);
		Room room = asker.room("lobby");
		refuse(side, SystemEvents.ROOM_LEAVE, way);
		assertThatThrownBy(room::leave).isExactlyInstanceOf(way.thrown).hasMessage(way.text);
		assertThatThrownBy(asker::leaveAll).isExactlyInstanceOf(way.thrown).hasMessage(way.text);
		this.sides.synchronize(chat);
		assertThat(this.sides.frames()).isEmpty();
		log(side).saw("RoomLeave lobby+", "RoomLeave lobby+");
		other(side).saw();
		assertThat(chat.rooms()).extracting(Room::name).containsExactly("lobby");
		assertThat(this.sides.onServer(chat).rooms()).extracting(Room::name).containsExactly("lobby");
		assertThat(this.sides.server().server().room("chat", "lobby").size()).isEqualTo(1);
		this.sides.expectNothingLeft(client);
		this.refused = "";
		room.leave();
		assertThat(this.sides.frames()).hasSize(2);
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
	}

}
