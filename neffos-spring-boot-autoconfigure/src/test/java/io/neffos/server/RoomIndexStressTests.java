package io.neffos.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.Room;
import io.neffos.RoomInfo;
import io.neffos.SystemEvents;
import io.neffos.testkit.TestServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Everybody joins, leaves, connects, disconnects and goes away at random, on both sides
 * and from many threads; the index must tell the truth meanwhile and be empty afterwards.
 */
@Timeout(60)
class RoomIndexStressTests {

	private static final Log logger = LogFactory.getLog(RoomIndexStressTests.class);

	private static final int THREADS = 6;

	private static final int OPERATIONS = 2_000;

	private static final int SLOTS = 8;

	private static final int ROOMS = 8;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicReferenceArray<@Nullable AnsweringClient> clients = new AtomicReferenceArray<>(SLOTS);

	private final Queue<AnsweringClient> opened = new ConcurrentLinkedQueue<>();

	private final Queue<CompletableFuture<?>> running = new ConcurrentLinkedQueue<>();

	private final AtomicInteger ids = new AtomicInteger();

	private final TestServer server;

	private final RoomJournal journal = new RoomJournal(() -> RoomIndexStressTests.this.server);

	RoomIndexStressTests() {
		Namespaces namespaces = TestServer.namespaces(
				(builder) -> builder.namespace("a", this.journal::handlers).namespace("b", this.journal::handlers));
		this.server = new TestServer(namespaces,
				TestServer.settings(TestServer.SETTINGS)
					.askTimeout(Duration.ofSeconds(20))
					.inbound(10_000, 10_000, 0, 1)
					.build(),
				(builder) -> builder.roomEvents(this.journal.publisher()).shutdownTimeout(Duration.ofSeconds(20)));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.threads.shutdownNow();
	}

	@RepeatedTest(3)
	void indexTellsTheTruthAndIsEmptyAfterwards() throws Exception {
		long seed = System.nanoTime();
		logger.info("Seed " + seed);
		for (int slot = 0; slot < SLOTS; slot++) {
			replace(slot);
		}
		awaitTelling();
		List<Future<?>> movers = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(seed + i);
			movers.add(this.threads.submit(() -> {
				for (int operation = 0; operation < OPERATIONS; operation++) {
					CompletableFuture<?> begun = operate(random);
					if (begun != null) {
						this.running.add(begun);
						if (random.nextInt(3) == 0) {
							settle(begun);
						}
					}
				}
				return null;
			}));
		}
		for (Future<?> mover : movers) {
			mover.get();
		}
		for (CompletableFuture<?> operation : this.running) {
			settle(operation);
		}
		verifyQuiet();
		endAll(new Random(seed));
		this.journal.verify();
		assertThat(this.journal.creations()).as("rooms came and went").isGreaterThan(10);
	}

	/**
	 * Servers that have just met do not tell of rooms at once, and of those that are gone
	 * by then not at all.
	 */
	private void awaitTelling() throws Exception {
		settle(this.clients.get(0).request("a", "first", SystemEvents.ROOM_JOIN));
		await().until(this.journal::hasTold);
	}

	private @Nullable CompletableFuture<?> operate(Random random) {
		int slot = random.nextInt(SLOTS);
		AnsweringClient client = this.clients.get(slot);
		if (client == null || client.closed().isDone()) {
			replace(slot);
			return null;
		}
		String namespace = random.nextBoolean() ? "a" : "b";
		String room = "r" + random.nextInt(ROOMS);
		Conn conn = this.server.connection(client.id());
		NSConn ns = (conn != null) ? conn.namespace(namespace) : null;
		Room joined = (ns != null) ? ns.room(room) : null;
		return switch (random.nextInt(20)) {
			case 0, 1, 2, 3 -> client.request(namespace, room, SystemEvents.ROOM_JOIN);
			case 4, 5, 6 -> client.request(namespace, room, SystemEvents.ROOM_LEAVE);
			case 7 -> client.request(namespace, "", SystemEvents.NAMESPACE_CONNECT);
			case 8 -> client.request(namespace, "", SystemEvents.NAMESPACE_DISCONNECT);
			case 9, 10 -> (ns != null) ? ns.joinRoomAsync(room) : connect(conn, namespace);
			case 11, 12 -> (joined != null) ? joined.leaveAsync() : null;
			case 13 -> (ns != null) ? ns.leaveAllAsync() : null;
			case 14 -> (ns != null && random.nextInt(3) == 0) ? ns.disconnectAsync() : connect(conn, namespace);
			case 15 -> (conn != null && random.nextInt(4) == 0) ? conn.disconnectAllAsync() : null;
			case 16 -> client.request(namespace, "", "pull", room);
			case 17 -> {
				this.server.server().namespace(namespace).room(room).emit("said", "x");
				yield null;
			}
			case 18 -> {
				lookAround(namespace);
				yield null;
			}
			default -> {
				end(random, client, conn);
				yield null;
			}
		};
	}

	private static @Nullable CompletableFuture<?> connect(@Nullable Conn conn, String namespace) {
		return (conn != null) ? conn.connectAsync(namespace) : null;
	}

	/** Nothing may hang, whether it goes well or not. */
	private static void settle(CompletableFuture<?> operation) throws Exception {
		operation.handle((value, failure) -> true).get(15, TimeUnit.SECONDS);
	}

	private void end(Random random, AnsweringClient client, @Nullable Conn conn) {
		if (random.nextInt(3) > 0) {
			return;
		}
		if (conn != null && random.nextBoolean()) {
			conn.close(4000, "bye");
		}
		else {
			client.vanish();
		}
	}

	private void replace(int slot) {
		AnsweringClient client = new AnsweringClient(this.threads,
				(request) -> (request.hashCode() % 7 == 0) ? "no" : "", (event) -> {
				})
			.open(this.server.next(), "c" + this.ids.incrementAndGet());
		this.opened.add(client);
		this.clients.set(slot, client);
		for (String namespace : List.of("a", "b")) {
			this.running.add(client.request(namespace, "", SystemEvents.NAMESPACE_CONNECT));
		}
	}

	/** What is listed while everything moves makes sense by itself. */
	private void lookAround(String namespace) {
		Set<String> names = new HashSet<>();
		for (RoomInfo room : this.server.server().rooms(namespace)) {
			this.journal.complainUnless(names.add(room.name()), "listed twice " + room);
			List<NSConn> members = room.members();
			this.journal.complainUnless(new HashSet<>(members).size() == members.size(), "a member twice in " + room);
			for (NSConn member : members) {
				this.journal.complainUnless(member.namespace().equals(namespace), "a stranger in " + room);
			}
		}
	}

	/** While nothing moves, every list and count agrees with what connections know. */
	private void verifyQuiet() {
		await().untilAsserted(() -> {
			for (String namespace : List.of("a", "b")) {
				List<NSConn> connected = this.server.connections(namespace);
				Set<String> expected = new HashSet<>();
				for (NSConn ns : connected) {
					assertThat(ns.conn().isClosed()).isFalse();
					assertThat(ns.conn().namespace(namespace)).isSameAs(ns);
					ns.rooms().forEach((room) -> expected.add(ns.conn().id() + " in " + room.name()));
				}
				for (DefaultNeffosServer one : this.server.servers()) {
					assertThat(one.connectionCount(namespace)).isEqualTo(connected.size());
					assertThat(indexed(one, namespace)).isEqualTo(expected);
				}
			}
			for (DefaultNeffosServer one : this.server.servers()) {
				assertThat(this.server.connections()).hasSize(one.connectionCount());
			}
		});
	}

	private Set<String> indexed(DefaultNeffosServer one, String namespace) {
		Set<String> indexed = new HashSet<>();
		List<RoomInfo> rooms = one.rooms(namespace);
		assertThat(one.roomCount(namespace)).isEqualTo(rooms.size());
		for (RoomInfo room : rooms) {
			List<NSConn> members = this.server.members(namespace, room.name());
			assertThat(room.size()).isPositive().isEqualTo(members.size());
			members.forEach((ns) -> indexed.add(ns.conn().id() + " in " + room.name()));
		}
		return indexed;
	}

	private void endAll(Random random) {
		List<Conn> conns = this.server.connections();
		assertThat(conns).isNotEmpty();
		for (AnsweringClient client : this.opened) {
			if (random.nextBoolean()) {
				client.vanish();
			}
		}
		for (Conn conn : conns) {
			conn.close(4001, "end");
		}
		await().untilAsserted(() -> {
			assertThat(this.server.observer().closed()).hasSize(this.ids.get());
			assertThat(this.server.timers()).as("timers left behind").isZero();
			for (DefaultNeffosServer one : this.server.servers()) {
				assertThat(one.connectionCount()).isZero();
				for (String namespace : List.of("a", "b")) {
					assertThat(one.connections(namespace)).isEmpty();
					assertThat(one.rooms(namespace)).isEmpty();
					assertThat(one.roomCount(namespace)).isZero();
				}
			}
		});
	}

}
