package io.neffos.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.neffos.Events;
import io.neffos.LocalRoomCreated;
import io.neffos.LocalRoomDestroyed;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.RoomInfo;
import io.neffos.SystemEvents;
import io.neffos.testkit.TestServer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Handlers that write down what happens to rooms and complain at once about what may
 * never be.
 */
final class RoomJournal {

	private static final String CREATED = "created";

	private static final String DESTROYED = "destroyed";

	private final Supplier<TestServer> server;

	private final Map<NSConn, List<String>> byMember = new ConcurrentHashMap<>();

	/** What handlers are told of rooms of the cluster. */
	private final Lives told = new Lives();

	private final Lives published = new Lives();

	/** What handlers are told of rooms of each server. */
	private final Map<DefaultNeffosServer, Lives> toldLocally = new ConcurrentHashMap<>();

	private final List<Lives> publishedLocally = new CopyOnWriteArrayList<>();

	private final AtomicInteger joins = new AtomicInteger();

	private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

	RoomJournal(Supplier<TestServer> server) {
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
			.onRoomCreated((room) -> this.told.add(room.namespace(), room.name(), CREATED))
			.onRoomDestroyed((room) -> this.told.add(room.namespace(), room.name(), DESTROYED))
			.onLocalRoomCreated((room) -> toldLocally(room).add(room.namespace(), room.name(), CREATED))
			.onLocalRoomDestroyed((room) -> toldLocally(room).add(room.namespace(), room.name(), DESTROYED));
	}

	private Lives toldLocally(RoomInfo room) {
		return this.toldLocally.computeIfAbsent(((RoomView) room).server(), (key) -> new Lives());
	}

	private void write(NSConn ns, Message msg) {
		this.byMember.computeIfAbsent(ns, (key) -> new ArrayList<>())
			.add(msg.event() + " " + msg.room() + (msg.isForced() ? "!" : ""));
	}

	private void joined(NSConn ns, Message msg) {
		write(ns, msg);
		complainUnless(
				this.toldLocally.values().stream().anyMatch((lives) -> lives.isAlive(ns.namespace(), msg.room())),
				"joined a room that is not created: " + msg.room());
		complainUnless(ns.room(msg.room()) != null, "joined, and has no room " + msg.room());
		complainUnless(this.server.get().members(ns.namespace(), msg.room()).contains(ns),
				"joined, and is no member of " + msg.room());
	}

	private void left(NSConn ns, Message msg) {
		write(ns, msg);
		complainUnless(ns.room(msg.room()) == null, "left, and still has the room " + msg.room());
		complainUnless(!this.server.get().members(ns.namespace(), msg.room()).contains(ns),
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

	/** What one server tells its application. */
	RoomEvents publisher() {
		Lives local = new Lives();
		this.publishedLocally.add(local);
		return (event) -> {
			if (event instanceof RoomCreated room) {
				this.published.add(room.namespace(), room.room(), CREATED);
			}
			else if (event instanceof RoomDestroyed room) {
				this.published.add(room.namespace(), room.room(), DESTROYED);
			}
			else if (event instanceof LocalRoomCreated room) {
				local.add(room.namespace(), room.room(), CREATED);
			}
			else if (event instanceof LocalRoomDestroyed room) {
				local.add(room.namespace(), room.room(), DESTROYED);
			}
		};
	}

	void complainUnless(boolean condition, String text) {
		if (!condition) {
			this.complaints.add(text);
		}
	}

	/** Whether the application was told of a room of the cluster, in both ways. */
	boolean hasTold() {
		return !this.told.isEmpty() && !this.published.isEmpty();
	}

	/** To be called when all connections have ended. */
	void verify() {
		assertThat(this.complaints).isEmpty();
		assertThat(this.byMember).isNotEmpty();
		this.byMember.values().forEach(RoomJournal::verifyMember);
		this.toldLocally.values().forEach(Lives::verifyTurns);
		assertThat(this.publishedLocally.stream().filter((lives) -> !lives.isEmpty()).map(Lives::all))
			.containsExactlyInAnyOrderElementsOf(this.toldLocally.values().stream().map(Lives::all).toList());
		if (this.server.get().servers().size() == 1) {
			this.told.verifyTurns();
			assertThat(this.told.all()).isEqualTo(this.toldLocally.values().iterator().next().all());
			assertThat(this.published.all()).isEqualTo(this.told.all());
		}
		else {
			// One of several tells, each on a thread of its own.
			await().untilAsserted(this.told::verifyCounts);
			await().untilAsserted(this.published::verifyCounts);
		}
	}

	/** How many times rooms were created, on whichever server. */
	int creations() {
		return this.toldLocally.values().stream().mapToInt(Lives::creations).sum();
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

	/** What happened to rooms, in the order in which it was told. */
	private static final class Lives {

		private final Map<String, List<String>> events = new ConcurrentHashMap<>();

		void add(String namespace, String room, String event) {
			List<String> life = this.events.computeIfAbsent(namespace + "/" + room, (key) -> new ArrayList<>());
			synchronized (life) {
				life.add(event);
			}
		}

		boolean isAlive(String namespace, String room) {
			List<String> life = this.events.getOrDefault(namespace + "/" + room, List.of());
			synchronized (life) {
				return !life.isEmpty() && life.get(life.size() - 1).equals(CREATED);
			}
		}

		boolean isEmpty() {
			return this.events.isEmpty();
		}

		Map<String, List<String>> all() {
			return this.events;
		}

		int creations() {
			return this.events.values().stream().mapToInt(List::size).sum() / 2;
		}

		void verifyTurns() {
			assertThat(this.events).isNotEmpty();
			this.events.forEach((room, life) -> {
				assertThat(life.size() % 2).as(room + " ends destroyed").isZero();
				for (int i = 0; i < life.size(); i++) {
					assertThat(life.get(i)).as(room + " event " + i).isEqualTo((i % 2 == 0) ? CREATED : DESTROYED);
				}
			});
		}

		void verifyCounts() {
			assertThat(this.events).isNotEmpty();
			this.events.forEach((room, life) -> {
				synchronized (life) {
					assertThat(life).as(room + " ends as often as it begins")
						.filteredOn(CREATED::equals)
						.isNotEmpty()
						.hasSize(Collections.frequency(life, DESTROYED));
				}
			});
		}

	}

}
