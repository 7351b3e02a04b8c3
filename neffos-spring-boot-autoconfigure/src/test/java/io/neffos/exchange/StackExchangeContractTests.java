package io.neffos.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.neffos.exchange.RecordingListener.Delivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every {@link StackExchange} keeps to, on a broker that is well. An implementation
 * extends it and says how to make an exchange. {@link StackExchangeFaultTests} has what
 * it keeps to when the broker is not well.
 */
public abstract class StackExchangeContractTests {

	protected static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<StackExchange> exchanges = new ArrayList<>();

	private final List<RecordingListener> listeners = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/** Of this test alone: brokers may be shared, and may still have what others sent. */
	private String own = "test";

	private final RecordingListener toldA = new RecordingListener();

	private final RecordingListener toldB = new RecordingListener();

	private final RecordingListener toldC = new RecordingListener();

	/** A new exchange, not started; all of one test class reach each other. */
	protected abstract StackExchange create();

	/** The broker, if there is one. */
	protected @Nullable Broker broker() {
		return null;
	}

	/** What {@link #create} has made beside exchanges; called after each test. */
	protected void release() {
	}

	@BeforeEach
	void nameChannels(TestInfo test) {
		this.own = "t" + Long.toString(System.nanoTime(), 36) + "." + test.getTestMethod().orElseThrow().getName();
	}

	@AfterEach
	void closeAll() {
		this.threads.shutdownNow();
		this.exchanges.forEach(StackExchange::close);
		release();
		assertThat(this.listeners).as("one thread at a time").allMatch((listener) -> listener.crowds() == 0);
	}

	/** A started exchange, closed after the test. */
	protected final StackExchange start(RecordingListener listener) {
		StackExchange exchange = create();
		this.exchanges.add(exchange);
		this.listeners.add(listener);
		exchange.start(listener);
		return exchange;
	}

	/** How many connections the broker has now, or -1 where nobody knows. */
	private int connectionsAtBroker() {
		Broker broker = broker();
		return (broker != null) ? broker.clients() : -1;
	}

	/** A channel of this test. */
	protected final String channel(String name) {
		return this.own + "." + name;
	}

	protected static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	protected static void subscribe(StackExchange exchange, String channel) {
		assertThat(exchange.subscribe(channel)).as(channel).succeedsWithin(PATIENCE);
	}

	/** Publish, and wait where more is published than the broker takes. */
	protected static void publish(StackExchange exchange, String channel, byte[] message) {
		if (!exchange.publish(channel, message)) {
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> exchange.publish(channel, message));
		}
	}

	protected static void publish(StackExchange exchange, String channel, String message) {
		publish(exchange, channel, bytes(message));
	}

	@Test
	void tellsThatItIsThereBeforeStartReturns() {
		StackExchange a = start(this.toldA);
		assertThat(this.toldA.states()).containsExactly("available");
		assertThat(a.isAvailable()).isTrue();
		assertThat(a.details()).isNotEmpty().containsKey("type");
	}

	@Test
	void deliversWhatIsPublishedAfterTheSubscriptionCompleted() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		for (int i = 0; i < 300; i++) {
			subscribe(b, channel("c" + i));
			publish(a, channel("c" + i), "message " + i);
		}
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 300);
		for (int i = 0; i < 300; i++) {
			assertThat(this.toldB.on(channel("c" + i))).containsExactly("message " + i);
		}
		assertThat(this.toldA.deliveries()).isEmpty();
	}

	@Test
	void deliversToAllSubscribersAndToThePublisherToo() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		StackExchange c = start(this.toldC);
		subscribe(a, channel("x"));
		subscribe(b, channel("x"));
		subscribe(c, channel("x"));
		publish(a, channel("x"), "hello");
		for (RecordingListener told : List.of(this.toldA, this.toldB, this.toldC)) {
			await().atMost(PATIENCE).until(() -> told.count() > 0);
			assertThat(told.deliveries()).containsExactly(new Delivery(channel("x"), "hello"));
		}
	}

	@Test
	void keepsTheOrderOfEachPublisherOnEachChannel() throws Exception {
		int each = 5_000;
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		StackExchange c = start(this.toldC);
		subscribe(c, channel("x"));
		subscribe(c, channel("y"));
		subscribe(b, channel("x"));
		List<Future<?>> publishers = new ArrayList<>();
		for (StackExchange publisher : List.of(a, b)) {
			publishers.add(this.threads.submit(() -> {
				for (int i = 0; i < each; i++) {
					publish(publisher, channel((i % 3 == 0) ? "y" : "x"), ((publisher == a) ? "a" : "b") + i);
				}
			}));
		}
		for (Future<?> publisher : publishers) {
			publisher.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		await().atMost(PATIENCE).until(() -> this.toldC.count() >= 2 * each);
		for (String name : List.of("x", "y")) {
			for (String publisher : List.of("a", "b")) {
				List<String> expected = IntStream.range(0, each)
					.filter((i) -> name.equals((i % 3 == 0) ? "y" : "x"))
					.mapToObj((i) -> publisher + i)
					.toList();
				assertThat(this.toldC.on(channel(name)).stream().filter((text) -> text.startsWith(publisher)).toList())
					.isEqualTo(expected);
			}
		}
	}

	/** The second of them is the one that listens. */
	@Test
	void keepsTheOrderOfWhatTwoThreadsPublishOneAfterTheOther() {
		int rounds = 500;
		StackExchange b = start(this.toldB);
		StackExchange c = start(this.toldC);
		subscribe(c, channel("order"));
		CompletableFuture<StackExchange> itself = new CompletableFuture<>();
		StackExchange a = start(
				this.toldA.then((channel, message) -> itself.join().publish(channel("order"), message)));
		itself.complete(a);
		subscribe(a, channel("tick"));
		for (int i = 0; i < rounds; i++) {
			publish(a, channel("order"), "first " + i);
			publish(b, channel("tick"), "second " + i);
		}
		await().atMost(PATIENCE).until(() -> this.toldC.count() >= 2 * rounds);
		List<String> order = this.toldC.on(channel("order"));
		for (int i = 0; i < rounds; i++) {
			assertThat(order.indexOf("first " + i)).as("round %d", i).isLessThan(order.indexOf("second " + i));
		}
	}

	@Test
	void deliversNothingOnceAnUnsubscriptionHasSettled() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		for (int i = 0; i < 50; i++) {
			subscribe(b, channel("x" + i));
			b.unsubscribe(channel("x" + i));
			subscribe(b, channel("mark" + i));
			publish(a, channel("x" + i), "too late");
			publish(a, channel("mark" + i), "mark");
		}
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 50);
		assertThat(this.toldB.deliveries()).hasSize(50).allMatch((one) -> one.text().equals("mark"));
		b.unsubscribe(channel("x0"));
		b.unsubscribe(channel("never"));
	}

	@Test
	void lastSubscribeWins() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		for (int i = 0; i < 200; i++) {
			String channel = channel("x" + (i % 7));
			b.subscribe(channel);
			b.unsubscribe(channel);
			CompletableFuture<@Nullable Void> last = b.subscribe(channel);
			assertThat(last).succeedsWithin(PATIENCE);
			publish(a, channel, "message " + i);
			int expected = i + 1;
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> this.toldB.count() >= expected);
			b.unsubscribe(channel);
		}
		assertThat(this.toldB.count()).isEqualTo(200);
	}

	@Test
	void lastSubscribeWinsWhoeverUnsubscribedBefore() throws Exception {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		for (int round = 0; round < 20; round++) {
			String channel = channel("x" + round);
			List<Future<?>> toggling = new ArrayList<>();
			for (int thread = 0; thread < 4; thread++) {
				toggling.add(this.threads.submit(() -> {
					for (int i = 0; i < 25; i++) {
						b.subscribe(channel);
						b.unsubscribe(channel);
					}
				}));
			}
			for (Future<?> one : toggling) {
				one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			}
			subscribe(b, channel);
			publish(a, channel, "message");
			await().atMost(PATIENCE).until(() -> !this.toldB.on(channel).isEmpty());
			assertThat(this.toldB.on(channel)).containsExactly("message");
		}
	}

	@Test
	void subscribingTwiceDeliversOnce() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		CompletableFuture<@Nullable Void> first = b.subscribe(channel("x"));
		CompletableFuture<@Nullable Void> second = b.subscribe(channel("x"));
		assertThat(first).succeedsWithin(PATIENCE);
		assertThat(second).succeedsWithin(PATIENCE);
		subscribe(b, channel("x"));
		publish(a, channel("x"), "one");
		subscribe(b, channel("mark"));
		publish(a, channel("mark"), "mark");
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 2);
		assertThat(this.toldB.on(channel("x"))).containsExactly("one");
		b.unsubscribe(channel("x"));
		subscribe(b, channel("mark2"));
		publish(a, channel("x"), "after one unsubscribe");
		publish(a, channel("mark2"), "mark");
		await().atMost(PATIENCE).until(() -> !this.toldB.on(channel("mark2")).isEmpty());
		assertThat(this.toldB.on(channel("x"))).containsExactly("one");
	}

	@Test
	void carriesManyChannelsOverAConstantNumberOfConnections() {
		int many = 1_500;
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		subscribe(b, channel("first"));
		int connections = connectionsAtBroker();
		List<CompletableFuture<@Nullable Void>> subscriptions = IntStream.range(0, many)
			.mapToObj((i) -> b.subscribe(channel("c" + i)))
			.toList();
		subscriptions.forEach((one) -> assertThat(one).succeedsWithin(PATIENCE));
		IntStream.range(0, many).forEach((i) -> publish(a, channel("c" + i), "message"));
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= many);
		assertThat(this.toldB.deliveries().stream().map(Delivery::channel).distinct()).hasSize(many);
		assertThat(connectionsAtBroker()).isEqualTo(connections);
		IntStream.range(0, many).forEach((i) -> b.unsubscribe(channel("c" + i)));
		subscribe(b, channel("mark"));
		IntStream.range(0, many).forEach((i) -> publish(a, channel("c" + i), "too late"));
		publish(a, channel("mark"), "mark");
		await().atMost(PATIENCE).until(() -> !this.toldB.on(channel("mark")).isEmpty());
		assertThat(this.toldB.count()).isEqualTo(many + 1);
	}

	@Test
	void carriesLargeAndEmptyMessages() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		subscribe(b, channel("x"));
		byte[] large = new byte[1024 * 1024];
		new Random(7).nextBytes(large);
		publish(a, channel("x"), "");
		publish(a, channel("x"), large);
		publish(a, channel("x"), "");
		publish(a, channel("x"), large);
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 4);
		String same = new String(large, StandardCharsets.ISO_8859_1);
		assertThat(this.toldB.on(channel("x")).equals(List.of("", same, "", same))).isTrue();
	}

	@Test
	void carriesAnyBytes() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		subscribe(b, channel("x"));
		byte[] all = new byte[256];
		for (int i = 0; i < all.length; i++) {
			all[i] = (byte) i;
		}
		publish(a, channel("x"), all);
		for (int i = 0; i < all.length; i++) {
			publish(a, channel("x"), new byte[] { (byte) i });
		}
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 257);
		String text = new String(all, StandardCharsets.ISO_8859_1);
		List<String> expected = new ArrayList<>(List.of(text));
		text.chars().forEach((one) -> expected.add(String.valueOf((char) one)));
		assertThat(this.toldB.on(channel("x"))).isEqualTo(expected);
	}

	@Test
	void keepsChannelsApartThatLookAlike() {
		List<String> names = Stream
			.of("a.b", "a.b.c", "a", "a=2A", "a.=2A", "a.=3E", "A.B", "a-b", "a_b", "ab", "a.b=2Ec", "a.b.c.d", "all",
					"x".repeat(180))
			.map(this::channel)
			.toList();
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		StackExchange c = start(this.toldC);
		names.forEach((name) -> subscribe(b, name));
		subscribe(c, channel("a"));
		subscribe(c, channel("mark"));
		names.forEach((name) -> publish(a, name, "for " + name));
		publish(a, channel("mark"), "mark");
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= names.size());
		names.forEach((name) -> assertThat(this.toldB.on(name)).containsExactly("for " + name));
		await().atMost(PATIENCE).until(() -> !this.toldC.on(channel("mark")).isEmpty());
		assertThat(this.toldC.deliveries()).containsExactly(new Delivery(channel("a"), "for " + channel("a")),
				new Delivery(channel("mark"), "mark"));
	}

	@Test
	void isSilentOnceClosed() throws Exception {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		StackExchange c = start(this.toldC);
		subscribe(b, channel("x"));
		subscribe(c, channel("x"));
		AtomicBoolean enough = new AtomicBoolean();
		Future<?> flood = this.threads.submit(() -> {
			while (!enough.get()) {
				publish(a, channel("x"), "flood");
			}
		});
		await().atMost(PATIENCE).until(() -> this.toldB.count() > 100);
		b.close();
		int told = this.toldB.count();
		int others = this.toldC.count();
		b.close();
		assertThat(b.isAvailable()).isFalse();
		assertThat(b.publish(channel("x"), bytes("after close"))).isFalse();
		assertThat(b.subscribe(channel("y"))).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(ExchangeException.class);
		b.unsubscribe(channel("x"));
		await().atMost(PATIENCE).until(() -> this.toldC.count() > others + 100);
		enough.set(true);
		flood.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(this.toldB.count()).isEqualTo(told);
		assertThat(this.toldB.states()).containsExactly("available");
		assertThat(this.toldC.on(channel("x"))).doesNotContain("after close");
	}

	@Test
	void sendsWhatWasPublishedBeforeItIsClosed() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB);
		subscribe(b, channel("x"));
		for (int i = 0; i < 1_000; i++) {
			publish(a, channel("x"), "message " + i);
		}
		a.close();
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 1_000);
	}

	@Test
	void survivesAListenerThatThrows() {
		StackExchange a = start(this.toldA);
		StackExchange b = start(this.toldB.then((channel, message) -> {
			throw new IllegalStateException("meant, by a test");
		}));
		subscribe(b, channel("x"));
		for (int i = 0; i < 3; i++) {
			publish(a, channel("x"), "message " + i);
		}
		await().atMost(PATIENCE).until(() -> this.toldB.count() >= 3);
		subscribe(b, channel("y"));
		publish(b, channel("y"), "own");
		await().atMost(PATIENCE).until(() -> !this.toldB.on(channel("y")).isEmpty());
		assertThat(this.toldB.states()).containsExactly("available");
	}

	@Test
	void listenersMayPublishAndSubscribe() {
		StackExchange a = start(this.toldA);
		CompletableFuture<StackExchange> itself = new CompletableFuture<>();
		StackExchange b = start(this.toldB.then((channel, message) -> {
			if (channel.equals(channel("x"))) {
				itself.join().subscribe(channel("y"));
				itself.join().publish(channel("back"), message);
			}
		}));
		itself.complete(b);
		subscribe(a, channel("back"));
		subscribe(b, channel("x"));
		publish(a, channel("x"), "there and back");
		await().atMost(PATIENCE).until(() -> this.toldA.count() > 0);
		subscribe(b, channel("y"));
		publish(a, channel("y"), "subscribed by a listener");
		await().atMost(PATIENCE).until(() -> !this.toldB.on(channel("y")).isEmpty());
		assertThat(this.toldA.on(channel("back"))).containsExactly("there and back");
	}

	@Test
	void resultsCannotBeSpoiledByWhoeverHoldsOne() {
		StackExchange a = start(this.toldA);
		a.subscribe(channel("x")).completeExceptionally(new IllegalStateException("meant, by a test"));
		subscribe(a, channel("x"));
		publish(a, channel("x"), "message");
		await().atMost(PATIENCE).until(() -> this.toldA.count() > 0);
	}

	/** Threads that subscribe, unsubscribe and publish at random, each with a model. */
	@Test
	void fuzz(TestReporter reporter) throws Exception {
		long seed = Long.getLong("neffos.test.seed", System.nanoTime());
		reporter.publishEntry("seed of the fuzz run, for -Dneffos.test.seed", Long.toString(seed));
		List<RecordingListener> told = List.of(this.toldA, this.toldB, this.toldC);
		List<StackExchange> all = told.stream().map(this::start).toList();
		List<Future<?>> running = new ArrayList<>();
		List<ExchangeFuzz> models = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			ExchangeFuzz model = new ExchangeFuzz(thread, new Random(seed + thread), all, told, channel("fuzz"));
			models.add(model);
			running.add(this.threads.submit(() -> model.run(150)));
		}
		for (Future<?> one : running) {
			one.get(40, TimeUnit.SECONDS);
		}
		models.forEach(ExchangeFuzz::check);
		for (RecordingListener one : told) {
			assertThat(one.deliveries()).as("seed %d: nothing arrives twice", seed).doesNotHaveDuplicates();
		}
	}

}
