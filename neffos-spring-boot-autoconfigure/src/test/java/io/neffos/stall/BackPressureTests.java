package io.neffos.stall;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.neffos.Message;
import io.neffos.Namespaces;
import io.neffos.load.Heap;
import io.neffos.load.LoadServer;
import io.neffos.load.Peer;
import io.neffos.load.PeerListener;
import io.neffos.load.Swarm;
import io.neffos.testkit.LogTap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that send faster than their handlers are. */
@Tag("alone")
class BackPressureTests {

	private static final int FLOOD = 20_000;

	/** More than may wait, less than may wait while the server asks. */
	private static final int BEFORE_THE_ANSWER = 2000;

	private static final String PADDING = "x".repeat(1024);

	/** Of both kernels' buffers and of the server. */
	private static final int KEPT = 4 * 1024 * 1024;

	private static final int SLACK = 8 * 1024 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger handled = new AtomicInteger();

	private final AtomicInteger mistakes = new AtomicInteger();

	private final CompletableFuture<String> answer = new CompletableFuture<>();

	private final LogTap log = new LogTap();

	@AfterEach
	void nothingIsLogged() {
		assertThat(this.log.texts()).isEmpty();
		this.log.close();
	}

	@Test
	void whoFloodsIsHeldUpByTheNetworkAndLosesNothing() throws Exception {
		try (LoadServer load = start("upgrade"); Swarm swarm = new Swarm(load.port())) {
			Client client = new Client(swarm);
			client.connected.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			long before = Heap.inUse();
			client.peer
				.flood(IntStream.range(0, FLOOD).mapToObj((i) -> ";pool;;drop;0;0;" + i + " " + PADDING).iterator());
			awaitStandstill(client.peer);
			assertThat(client.peer.written()).isBetween(1024L * 1024, (long) KEPT);
			assertThat(Heap.inUse() - before).as("growth of the heap").isLessThan(SLACK);
			assertThat(this.handled).hasValue(0);
			this.gate.countDown();
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.handled).hasValue(FLOOD));
			assertThat(this.mistakes).as("out of order, twice or lost").hasValue(0);
			assertThat(client.peer.end()).isNotDone();
			client.peer.close(1000);
			await().atMost(PATIENCE).untilAsserted(load::expectNobody);
		}
	}

	@Test
	void anAnswerBehindAFloodArrives() throws Exception {
		try (LoadServer load = start("upgrade"); Swarm swarm = new Swarm(load.port())) {
			Client client = new Client(swarm);
			client.connected.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			this.gate.countDown();
			client.peer.send(";pool;;ponder;0;0;");
			for (int i = 0; i < BEFORE_THE_ANSWER; i++) {
				client.peer.send(";pool;;drop;0;0;" + i + " ");
			}
			assertThat(this.answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("because");
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.handled).hasValue(BEFORE_THE_ANSWER));
			assertThat(this.mistakes).as("out of order, twice or lost").hasValue(0);
			assertThat(client.peer.end()).isNotDone();
			client.peer.close(1000);
			await().atMost(PATIENCE).untilAsserted(load::expectNobody);
		}
	}

	/** The container cannot be told to read no more. */
	@Test
	void whoFloodsIsClosedOnTheTransportOfTheContainer() throws Exception {
		try (LoadServer load = start("standard"); Swarm swarm = new Swarm(load.port())) {
			Client client = new Client(swarm);
			client.connected.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			client.peer
				.flood(IntStream.range(0, FLOOD).mapToObj((i) -> ";pool;;drop;0;0;" + i + " " + PADDING).iterator());
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(load.server().connectionCount()).isZero());
			this.gate.countDown();
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(load.ledger().end(client.id)).startsWith("TOO_FAST 1008"));
			await().atMost(PATIENCE).untilAsserted(load::expectNobody);
		}
	}

	private LoadServer start(String transport) {
		Namespaces namespaces = Namespaces.builder()
			.namespace("pool",
					(events) -> events.on("drop", (ns, msg) -> drop(msg))
						.on("ponder", (ns, msg) -> this.answer.complete(ns.ask("why", null, PATIENCE).text())))
			.build();
		return new LoadServer(transport, namespaces, "neffos.limits.inbound-rate=0");
	}

	private void drop(Message message) throws InterruptedException {
		this.gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		String text = message.text();
		int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
		if (this.handled.getAndIncrement() != number) {
			this.mistakes.incrementAndGet();
		}
	}

	/** The network takes no more. */
	private static void awaitStandstill(Peer peer) {
		AtomicLong last = new AtomicLong(-1);
		await().atMost(PATIENCE).during(Duration.ofMillis(500)).until(() -> {
			long now = peer.written();
			return last.getAndSet(now) == now && now > 1024 * 1024;
		});
	}

	private static final class Client implements PeerListener {

		private final CompletableFuture<Void> connected = new CompletableFuture<>();

		private final Peer peer;

		private volatile String id = "";

		Client(Swarm swarm) {
			this.peer = swarm.open(256 * 1024, this);
		}

		@Override
		public void opened(Peer opened) {
			opened.send("M");
		}

		@Override
		public void message(Peer from, ByteBuffer payload) {
			String text = StandardCharsets.UTF_8.decode(payload).toString();
			if (text.startsWith("A")) {
				this.id = text.substring(1);
				from.send("$1;pool;;_OnNamespaceConnect;0;0;");
			}
			else if (text.startsWith("$1;")) {
				this.connected.complete(null);
			}
			else {
				// The answer to what the server asks.
				from.send(text + "because");
			}
		}

	}

}
