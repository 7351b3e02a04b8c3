package io.neffos.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.SystemEvents;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that write down what happens to rooms and complain at once about what may
 * never be.
 */
final class RoomJournal {

	private final Supplier<DefaultNeffosServer> server;

	private final Map<NSConn, List<String>> byMember = new ConcurrentHashMap<>();

	private final Map<String, List<String>> told = new ConcurrentHashMap<>();

	private final Map<String, List<String>> published = new ConcurrentHashMap<>();

	private final AtomicInteger joins = new AtomicInteger();

	private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

	RoomJournal(Supplier<DefaultNeffosServer> server) {
		this.server = server;
	}

	void handlers(Events.Builder events) {
		events.on(SystemEvents.NAMESPACE_CONNECTED, this::write)
			.on(SystemEvents.NAMESPACE_DISCONNECT, this::write)
			.on(SystemEvents.ROOM_JOIN, (ns, msg) -> {
				if (this.joins.incrementAndGet() % 11 == 0) {
					throw new RefusedException("not now");
				}
			})
			.on(SystemEvents.ROOM_JOINED, this::joined)
			.on(SystemEvents.ROOM_LEAVE, this::write)
			.on(SystemEvents.ROOM_LEFT, this::left)
			.onAsk("pull", this::pull)
			.onRoomCreated((room) -> entry(this.told, room.namespace(), room.name(), "created"))
			.onRoomDestroyed((room) -> entry(this.told, room.namespace(), room.name(), "destroyed"));
	}

	private void write(NSConn ns, Message msg) {
		this.byMember.computeIfAbsent(ns, (key) -> new ArrayList<>())
			.add(msg.event() + " " + msg.room() + (msg.isForced() ? "!" : ""));
	}

	private void joined(NSConn ns, Message msg) {
		write(ns, msg);
		List<String> life = this.told.getOrDefault(ns.namespace() + "/" + msg.room(), List.of());
		synchronized (life) {
			complainUnless(!life.isEmpty() && life.get(life.size() - 1).equals("created"),
					"joined a room that is not created: " + msg.room());
		}
		complainUnless(ns.room(msg.room()) != null, "joined, and has no room " + msg.room());
		complainUnless(this.server.get().index(ns.namespace()).members(msg.room()).contains(ns),
				"joined, and is no member of " + msg.room());
	}

	private void left(NSConn ns, Message msg) {
		write(ns, msg);
		complainUnless(ns.room(msg.room()) == null, "left, and still has the room " + msg.room());
		complainUnless(!this.server.get().index(ns.namespace()).members(msg.room()).contains(ns),
				"left, and still a member of " + msg.room());
	}

	private @Nullable Object pull(NSConn ns, Message msg) {
		try {
			return ns.joinRoom(msg.text()).name();
		}
		catch (RuntimeException ex) {
			return "not joined";
		}
	}

	void publish(Object event) {
		if (event instanceof RoomCreated room) {
			entry(this.published, room.namespace(), room.room(), "created");
		}
		else if (event instanceof RoomDestroyed room) {
			entry(this.published, room.namespace(), room.room(), "destroyed");
		}
	}

	private static void entry(Map<String, List<String>> log, String namespace, String room, String event) {
		List<String> life = log.computeIfAbsent(namespace + "/" + room, (key) -> new ArrayList<>());
		synchronized (life) {
			life.add(event);
		}
	}

	void complainUnless(boolean condition, String text) {
		if (!condition) {
			this.complaints.add(text);
		}
	}

	/** To be called when all connections have ended. */
	void verify() {
		assertThat(this.complaints).isEmpty();
		assertThat(this.byMember).isNotEmpty();
		this.byMember.values().forEach(RoomJournal::verifyMember);
		assertThat(this.told).isNotEmpty().isEqualTo(this.published);
		this.told.forEach((room, life) -> {
			assertThat(life.size() % 2).as(room + " ends destroyed").isZero();
			for (int i = 0; i < life.size(); i++) {
				assertThat(life.get(i)).as(room + " event " + i).isEqualTo((i % 2 == 0) ? "created" : "destroyed");
			}
		});
	}

	/** How many times rooms were created. */
	int creations() {
		return this.told.values().stream().mapToInt(List::size).sum() / 2;
	}

	private static void verifyMember(List<String> log) {
		assertThat(log.get(0)).isEqualTo(SystemEvents.NAMESPACE_CONNECTED + " ");
		assertThat(log.stream().filter((event) -> event.startsWith(SystemEvents.NAMESPACE_CONNECTED))).hasSize(1);
		assertThat(log.stream().filter((event) -> event.startsWith(SystemEvents.NAMESPACE_DISCONNECT))).as("%s", log)
			.hasSize(1);
		Map<String, Boolean> in = new HashMap<>();
		for (int i = 0; i < log.size(); i++) {
			String[] event = log.get(i).split(" ", 2);
			String room = event[1].replace("!", "");
			if (event[0].equals(SystemEvents.ROOM_JOINED)) {
				assertThat(in.put(room, true)).as("joined once %s", log).isNotEqualTo(true);
			}
			else if (event[0].equals(SystemEvents.ROOM_LEFT)) {
				assertThat(in.put(room, false)).as("left once %s", log).isEqualTo(true);
				if (event[1].endsWith("!")) {
					assertThat(log.get(i - 1)).isEqualTo(SystemEvents.ROOM_LEAVE + " " + event[1]);
				}
			}
		}
		assertThat(in.values()).as("left in the end %s", log).doesNotContain(true);
	}

}
