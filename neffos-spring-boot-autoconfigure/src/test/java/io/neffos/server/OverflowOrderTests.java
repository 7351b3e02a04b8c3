package io.neffos.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Overflow;
import io.neffos.nio.IoLoop;
import io.neffos.nio.IoLoops;
import io.neffos.nio.StreamSettings;
import io.neffos.observe.NeffosObserver;
import io.neffos.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The promises of B11 in every policy, while several threads send into overlapping rooms
 * and half of the members stop reading now and then: what arrives is in order, those that
 * keep up lose nothing, and what is lost is counted.
 */
@Timeout(120)
class OverflowOrderTests {

	private static final int SENDERS = 4;

	/** Sends by way of a member, whose messages are relayed. */
	private static final int RELAYING = SENDERS - 1;

	private static final int EACH = 2_000;

	/** How many messages a sender is ahead of those that keep up, at most. */
	private static final int AHEAD = 16;

	/** More than all senders together are ahead. */
	private static final int BOUND = 2 * SENDERS * AHEAD;

	private static final int ROOMS = 4;

	private static final int FAST = ROOMS;

	private static final int MEMBERS = 2 * ROOMS;

	private static final int KEYS = 7;

	private static final String PADDING = "x".repeat(400);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final IoLoops loops = new IoLoops(2, new StreamSettings(64 * 1024, Duration.ofMinutes(1),
			Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ZERO));

	private final Counter counter = new Counter();

	private final List<PacedClient> clients = new ArrayList<>();

	private final List<NSConn> members = new ArrayList<>();

	private final List<List<Arrival>> arrivals = new ArrayList<>();

	/** By member and sender: the number of the last message that arrived. */
	private final List<AtomicIntegerArray> seen = new ArrayList<>();

	private final AtomicIntegerArray heard = new AtomicIntegerArray(MEMBERS);

	private final AtomicLong sent = new AtomicLong();

	private Overflow overflow = Overflow.CLOSE;

	private TestServer server = TestServer.of((namespaces) -> {
	});

	@AfterEach
	void stop() {
		this.clients.forEach(PacedClient::resume);
		this.server.close();
		this.loops.close();
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource
	void orderIsKeptBySocketsThatTakeOneMessage(Overflow policy) throws Exception {
		run(policy, false);
	}

	@ParameterizedTest
	@EnumSource
	void orderIsKeptByLoops(Overflow policy) throws Exception {
		for (IoLoop loop : this.loops.all()) {
			this.threads.execute(loop);
		}
		run(policy, true);
	}

	private void run(Overflow policy, boolean overLoops) throws Exception {
		this.overflow = policy;
		this.server.close();
		this.server = new TestServer(
				TestServer.namespaces((builder) -> builder.namespace("chat", (events) -> events.overflow(policy))),
				TestServer.settings(TestServer.SETTINGS)
					.outbox(BOUND, Integer.MAX_VALUE)
					.inbound(100_000, 10_000, 0, 1)
					.askTimeout(Duration.ofMinutes(2))
					.sendTimeout(Duration.ofMinutes(1))
					.build(),
				(builder) -> builder.observer(this.counter));
		for (int i = 0; i < MEMBERS; i++) {
			enter(i, overLoops);
		}
		AtomicBoolean sending = new AtomicBoolean(true);
		Future<?> pace = this.threads.submit(() -> stallNowAndThen(sending));
		List<Future<?>> senders = new ArrayList<>();
		for (int i = 0; i < SENDERS; i++) {
			int sender = i;
			senders.add(this.threads.submit(() -> send(sender)));
		}
		for (Future<?> sender : senders) {
			sender.get(60, TimeUnit.SECONDS);
		}
		sending.set(false);
		pace.get(60, TimeUnit.SECONDS);
		verify();
	}

	private void enter(int member, boolean overLoops) {
		List<Arrival> list = new ArrayList<>();
		AtomicIntegerArray numbers = new AtomicIntegerArray(SENDERS);
		this.arrivals.add(list);
		this.seen.add(numbers);
		String id = "m" + member;
		PacedClient client = overLoops
				? PacedClient.overLoop(home(), id, this.loops.next(), this.threads, (frame) -> arrived(member, frame))
				: PacedClient.inMemory(home(), id, (frame) -> arrived(member, frame));
		this.clients.add(client.enter("chat", room(member), room(member + 1)));
		this.members.add(home().connection(id).namespace("chat"));
	}

	/** All members are on one server, as their order is one only there. */
	private DefaultNeffosServer home() {
		return this.server.servers().get(this.server.servers().size() - 1);
	}

	DefaultNeffosServer sendingServer() {
		return this.server.server();
	}

	private static String room(int index) {
		return "r" + Math.floorMod(index, ROOMS);
	}

	private static boolean isIn(int member, String room) {
		return room.equals(room(member)) || room.equals(room(member + 1));
	}

	private void arrived(int member, String frame) {
		String[] fields = frame.split(";", 7);
		if (fields.length < 7 || fields[6].isEmpty()) {
			return;
		}
		Arrival arrival = Arrival.of(fields);
		this.arrivals.get(member).add(arrival);
		this.seen.get(member).set(arrival.sender, arrival.number);
		this.heard.incrementAndGet(member);
	}

	/** Messages are numbered from 1. */
	private void send(int sender) {
		int[] last = new int[FAST];
		for (int i = 1; i <= EACH; i++) {
			String body = sender + ":" + i + ":" + i % KEYS + ":" + PADDING;
			if (sender == RELAYING) {
				sentToRoom(room(i % 2), i, last);
				this.clients.get(0).say(";chat;" + room(i % 2) + ";relayed;0;0;" + body);
			}
			else if (i % 25 == 3 && asks()) {
				ask(this.members.get(FAST + i % ROOMS), body);
				this.sent.incrementAndGet();
			}
			else if (i % 10 == 7) {
				sentTo(i % MEMBERS, i, last);
				emit(this.members.get(i % MEMBERS), body);
			}
			else {
				sendToRoom(sender, i, body, last);
			}
			if (i % AHEAD == 0) {
				awaitFast(sender, last);
			}
		}
	}

	private void sendToRoom(int sender, int i, String body, int[] last) {
		String room = room(i + sender);
		String key = String.valueOf(i % KEYS);
		sentToRoom(room, i, last);
		if (i % 2 == 0) {
			sendingServer().namespace("chat").room(room).key(key).emit("room", body);
		}
		else {
			broadcast(this.members.get(sender),
					Message.builder().namespace("chat").room(room).event("room").key(key).body(body).build());
		}
	}

	void ask(NSConn member, String body) {
		member.askAsync("ask", body);
	}

	void emit(NSConn member, String body) {
		member.emit("direct", body);
	}

	void broadcast(NSConn sender, Message message) {
		sender.broadcast(message);
	}

	/** Where asks can be queued whatever waits. */
	private boolean asks() {
		return this.overflow == Overflow.DROP_OLDEST || this.overflow == Overflow.CONFLATE;
	}

	private void sentToRoom(String room, int i, int[] last) {
		for (int member = 0; member < MEMBERS; member++) {
			if (isIn(member, room)) {
				sentTo(member, i, last);
			}
		}
	}

	private void sentTo(int member, int i, int[] last) {
		this.sent.incrementAndGet();
		if (member < FAST) {
			last[member] = i;
		}
	}

	private void awaitFast(int sender, int[] last) {
		for (int member = 0; member < FAST; member++) {
			while (this.seen.get(member).get(sender) < last[member] && !Thread.interrupted()) {
				LockSupport.parkNanos(50_000);
			}
		}
	}

	private void stallNowAndThen(AtomicBoolean sending) {
		List<PacedClient> slow = this.clients.subList(FAST, MEMBERS);
		while (sending.get()) {
			slow.forEach(PacedClient::stall);
			long dropped = this.counter.dropped.get();
			awaitWhile(sending, () -> this.counter.dropped.get() < dropped + BOUND);
			slow.forEach(PacedClient::resume);
			int before = heardBySlow();
			awaitWhile(sending, () -> heardBySlow() < before + BOUND);
		}
	}

	private static void awaitWhile(AtomicBoolean sending, BooleanSupplier condition) {
		while (sending.get() && condition.getAsBoolean() && !Thread.interrupted()) {
			LockSupport.parkNanos(50_000);
		}
	}

	private int heardBySlow() {
		int sum = 0;
		for (int member = FAST; member < MEMBERS; member++) {
			sum += this.heard.get(member);
		}
		return sum;
	}

	private void verify() {
		if (this.overflow == Overflow.CLOSE) {
			await().atMost(Duration.ofSeconds(20))
				.until(() -> this.clients.subList(FAST, MEMBERS).stream().allMatch(PacedClient::isClosed));
			assertThat(this.counter.dropped).hasValue(0);
			assertThat(this.counter.closed).hasValue(MEMBERS - FAST);
		}
		else {
			await().atMost(Duration.ofSeconds(20)).untilAsserted(this::countersAddUp);
			assertThat(this.counter.dropped).hasPositiveValue();
			assertThat(this.counter.closed).hasValue(0);
			assertThat(this.counter.policies).containsExactly("chat " + this.overflow);
			assertThat(this.clients).noneMatch(PacedClient::isClosed);
		}
		Map<String, List<Arrival>> order = new HashMap<>();
		for (int i = 0; i < ROOMS; i++) {
			order.put(room(i), inRoom(i, room(i)));
		}
		for (int member = 0; member < MEMBERS; member++) {
			verifySenders(member);
			verifyRoom(member, room(member), order);
			verifyRoom(member, room(member + 1), order);
		}
	}

	private void countersAddUp() {
		long received = 0;
		for (int member = 0; member < MEMBERS; member++) {
			received += this.heard.get(member);
		}
		assertThat(received + this.counter.dropped.get()).isEqualTo(this.sent.get());
	}

	private void verifySenders(int member) {
		int[] last = new int[SENDERS];
		for (Arrival arrival : this.arrivals.get(member)) {
			assertThat(arrival.number).as("sender %s at %s", arrival.sender, member)
				.isGreaterThan(last[arrival.sender]);
			last[arrival.sender] = arrival.number;
		}
		if (member >= FAST && asks()) {
			Set<Arrival> asked = new HashSet<>(this.arrivals.get(member));
			asked.removeIf((arrival) -> !arrival.event.equals("ask"));
			assertThat(asked).as("asks").hasSize(asksFor(member));
		}
	}

	private static int asksFor(int member) {
		int count = 0;
		for (int i = 1; i <= EACH; i++) {
			count += (i % 25 == 3 && FAST + i % ROOMS == member) ? SENDERS - 1 : 0;
		}
		return count;
	}

	private void verifyRoom(int member, String room, Map<String, List<Arrival>> order) {
		List<Arrival> all = order.get(room);
		List<Arrival> here = inRoom(member, room);
		if (member < FAST) {
			assertThat(here).as("what %s got of %s", member, room).isEqualTo(all);
			return;
		}
		if (this.overflow == Overflow.CLOSE) {
			assertThat(here).as("what %s got of %s", member, room).isEqualTo(all.subList(0, here.size()));
			return;
		}
		Map<Arrival, Integer> places = new HashMap<>();
		all.forEach((arrival) -> places.put(arrival, places.size()));
		assertThat(here.stream().map(places::get)).as("what %s got of %s", member, room)
			.doesNotContainNull()
			.doesNotHaveDuplicates()
			.isSorted();
		if (this.overflow == Overflow.CONFLATE) {
			assertThat(newest(here)).as("the newest of %s at %s", room, member).isEqualTo(newest(all));
		}
	}

	private static Map<String, Arrival> newest(List<Arrival> arrivals) {
		Map<String, Arrival> newest = new HashMap<>();
		arrivals.forEach((arrival) -> newest.put(arrival.subject(), arrival));
		return newest;
	}

	private List<Arrival> inRoom(int member, String room) {
		return this.arrivals.get(member).stream().filter((arrival) -> arrival.room.equals(room)).toList();
	}

	/** A message that arrived, in the order of arrival. */
	private record Arrival(String room, String event, int sender, int number, String key) {

		static Arrival of(String[] fields) {
			String[] body = fields[6].split(":", 4);
			return new Arrival(fields[2], fields[3], Integer.parseInt(body[0]), Integer.parseInt(body[1]), body[2]);
		}

		/** The messages that are relayed have no key. */
		String subject() {
			return this.event.equals("relayed") ? this.event : this.event + this.key;
		}

	}

	/** Counts what is dropped and closed. */
	private static final class Counter implements NeffosObserver {

		private final AtomicLong dropped = new AtomicLong();

		private final AtomicInteger closed = new AtomicInteger();

		private final Set<String> policies = ConcurrentHashMap.newKeySet();

		@Override
		public void overflowDropped(String namespace, Overflow policy, int count) {
			this.policies.add(namespace + " " + policy);
			this.dropped.addAndGet(count);
		}

		@Override
		public void outboxOverflow() {
			this.closed.incrementAndGet();
		}

	}

}
