package io.neffos.client;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.LogTap;
import io.neffos.testkit.Tap;
import io.neffos.testkit.WireServer;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * How a client gets in, or not (protocol section 2), and what is left when it does not.
 */
class DialTests {

	private static final Namespaces CHAT = Namespaces.builder().namespace("chat", (events) -> {
	}).build();

	/** Threads of other clients, which may be ending. */
	private final Set<Thread> before = clientThreads();

	private final WireServer server = new WireServer();

	private static Set<Thread> clientThreads() {
		Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
		threads.removeIf((thread) -> !thread.getName().startsWith("neffos-client-"));
		return threads;
	}

	private void expectNoThreads() {
		await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			Set<Thread> now = clientThreads();
			now.removeAll(this.before);
			assertThat(now).isEmpty();
		});
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void asksAndIsToldItsId() {
		try (NeffosClient client = this.server.dial(CHAT)) {
			assertThat(client.conn().id()).isEqualTo("c1");
			assertThat(client.conn().isClient()).isTrue();
			assertThat(client.isConnected()).isTrue();
		}
		assertThat(this.server.closed().code()).isEqualTo(1000);
		expectNoThreads();
	}

	@Test
	void asyncFormCompletesOnAThreadForHandlers() throws Exception {
		CompletableFuture<NeffosClient> dialled = this.server.builder(CHAT).dialAsync();
		CompletableFuture<String> thread = dialled.thenApply((client) -> Thread.currentThread().getName());
		assertThat(this.server.next()).isEqualTo("M");
		assertThat(dialled).isNotDone();
		this.server.say("Ac1");
		assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("neffos-client-");
		dialled.join().close();
		expectNoThreads();
	}

	@Test
	void idIsTakenAsItIs() throws Exception {
		CompletableFuture<NeffosClient> dialled = this.server.builder(CHAT).dialAsync();
		assertThat(this.server.next()).isEqualTo("M");
		this.server.say("A;1;A;\u00e4");
		try (NeffosClient client = dialled.get(20, TimeUnit.SECONDS)) {
			assertThat(client.conn().id()).isEqualTo(";1;A;\u00e4");
		}
	}

	@Test
	void nothingCountsBeforeTheAcknowledgementAndThatCountsOnce() throws Exception {
		CompletableFuture<NeffosClient> dialled = this.server.builder(CHAT).dialAsync();
		assertThat(this.server.next()).isEqualTo("M");
		this.server.say("77;chat;;_OnNamespaceConnect;0;0;").say("M").say("").say("something").say(";chat;;say;0;0;");
		this.server.say("Ac1").say("Ac2").say("Hno").say("M");
		try (NeffosClient client = dialled.get(20, TimeUnit.SECONDS)) {
			this.server.expectNothing();
			assertThat(client.conn().id()).isEqualTo("c1");
			assertThat(client.conn().namespaces()).isEmpty();
			assertThat(client.isConnected()).isTrue();
		}
	}

	@Test
	void refusalHasTheTextOfTheServer() {
		CompletableFuture<NeffosClient> dialled = this.server.builder(CHAT).dialAsync();
		assertThat(this.server.next()).isEqualTo("M");
		this.server.say("Hnot today; sorry");
		assertThatThrownBy(() -> dialled.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.cause()
			.isExactlyInstanceOf(RefusedException.class)
			.hasMessage("not today; sorry");
		this.server.closed();
		expectNoThreads();
	}

	@Test
	void refusalWithoutTextHasOne() {
		CompletableFuture<NeffosClient> dialled = this.server.builder(CHAT).dialAsync();
		assertThat(this.server.next()).isEqualTo("M");
		this.server.say("H");
		assertThatThrownBy(() -> dialled.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(RefusedException.class)
			.hasRootCauseMessage("error");
	}

	@Test
	void deadlineEndsTheWaitForAServerThatSaysNothing() {
		assertThatExceptionOfType(AskTimeoutException.class)
			.isThrownBy(() -> this.server.builder(CHAT).dial(Duration.ofMillis(50)))
			.withMessage("Not connected to ws://localhost/neffos within 50 ms");
		this.server.closed();
		expectNoThreads();
	}

	@Test
	void serverThatHangsUpInstead() {
		CompletableFuture<NeffosClient> dialled = this.server.builder(CHAT).dialAsync();
		assertThat(this.server.next()).isEqualTo("M");
		this.server.hangUp(1013, "later");
		assertThatThrownBy(() -> dialled.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(NeffosException.class);
		expectNoThreads();
	}

	@Test
	void ownOnConnectMayRefuse() {
		try (BothSides sides = new BothSides((server) -> server.namespace("chat", (events) -> {
		}), (client) -> client.namespace("chat", (events) -> {
		}).onConnect((conn) -> {
			throw new RefusedException("not this server: " + conn.id());
		}))) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(sides::dial)
				.withMessage("not this server: c1");
			await().until(() -> sides.server().server().connectionCount() == 0);
			sides.server().expectNoTimers();
			assertThat(sides.line().wire()).containsExactly("--> M", "<-- Ac1");
		}
		expectNoThreads();
	}

	@Test
	void ownOnConnectMayConnectButNotWait() throws Exception {
		CompletableFuture<NSConn> connected = new CompletableFuture<>();
		CompletableFuture<Throwable> waited = new CompletableFuture<>();
		try (BothSides sides = new BothSides((server) -> server.namespace("chat", (events) -> {
		}), (client) -> client.namespace("chat", (events) -> {
		}).onConnect((conn) -> {
			conn.connectAsync("chat").thenAccept(connected::complete);
			try {
				conn.connect("chat");
			}
			catch (IllegalStateException ex) {
				waited.complete(ex);
			}
		}))) {
			NeffosClient client = sides.dial();
			assertThat(connected.get(20, TimeUnit.SECONDS)).isSameAs(client.namespace("chat"));
			assertThat(waited.get(20, TimeUnit.SECONDS)).hasMessageContaining("OnConnect");
		}
	}

	@Test
	void missingParts() {
		assertThatIllegalStateException().isThrownBy(() -> NeffosClient.builder().namespaces(CHAT).dial())
			.withMessageContaining("uri(...)");
		assertThatIllegalStateException().isThrownBy(() -> NeffosClient.builder().uri("ws://localhost").dial())
			.withMessageContaining("namespaces(...)");
		assertThatIllegalStateException()
			.isThrownBy(
					() -> NeffosClient.builder().uri("ws://localhost").namespaces(Namespaces.builder().build()).dial())
			.withMessageContaining("namespaces(...)");
		expectNoThreads();
	}

	@Test
	void nobodyThere() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		NeffosClientBuilder builder = NeffosClient.builder()
			.uri("ws://127.0.0.1:" + port + "/neffos?secret=1")
			.namespaces(CHAT);
		assertThatExceptionOfType(NeffosException.class).isThrownBy(builder::dial)
			.withMessageStartingWith("Cannot connect to ws://127.0.0.1:" + port + "/neffos: ")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"))
			.withCauseInstanceOf(DialException.class);
		expectNoThreads();
	}

	@Test
	void socketThatOpensTooLateIsClosed() {
		CompletableFuture<@Nullable Void> gate = new CompletableFuture<>();
		Tap tap = new Tap(new Dialer() {

			@Override
			public CompletableFuture<DialedSocket> dial(DialRequest request) {
				return gate.thenCompose((open) -> DialTests.this.server.line().dial(request));
			}

			@Override
			public CompletableFuture<@Nullable Void> probe(DialRequest request) {
				return CompletableFuture.completedFuture(null);
			}

		});
		assertThatExceptionOfType(AskTimeoutException.class)
			.isThrownBy(() -> this.server.builder(CHAT).dialer(tap).dial(Duration.ofMillis(20)));
		expectNoThreads();
		gate.complete(null);
		this.server.closed();
		assertThat(tap.open()).isZero();
		expectNoThreads();
	}

	@Test
	void socketThatOpensAfterACloseIsClosed() throws Exception {
		CompletableFuture<@Nullable Void> gate = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> dialled = new CompletableFuture<>();
		try (BothSides sides = new BothSides((server) -> server.namespace("chat", (events) -> {
		}), (client) -> client.namespace("chat", (events) -> {
		}))) {
			Tap tap = new Tap(sides.line());
			NeffosClient client = NeffosClient.builder()
				.uri("ws://localhost/neffos")
				.namespaces(CHAT)
				.reconnect(ReconnectPolicy.DEFAULT.delays(Duration.ofMillis(1), Duration.ofMillis(1)))
				.dialer(new Dialer() {

					@Override
					public CompletableFuture<DialedSocket> dial(DialRequest request) {
						if (request.headers().isEmpty()) {
							return tap.dial(request);
						}
						dialled.complete(null);
						return gate.thenCompose((open) -> tap.dial(request));
					}

					@Override
					public CompletableFuture<@Nullable Void> probe(DialRequest request) {
						return CompletableFuture.completedFuture(null);
					}

				})
				.dial();
			sides.line().cut();
			dialled.get(20, TimeUnit.SECONDS);
			client.close();
			client.closed().get(20, TimeUnit.SECONDS);
			expectNoThreads();
			gate.complete(null);
			await().atMost(Duration.ofSeconds(20)).until(() -> sides.line().requests().size() == 2 && tap.open() == 0);
			await().until(() -> sides.server().server().connectionCount() == 0);
			sides.server().expectNoTimers();
		}
		expectNoThreads();
	}

	@Test
	void clientWhoseTimerIsGoneEndsInsteadOfComingBack() throws Exception {
		ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
		try (NeffosClient client = this.server.dial(CHAT,
				(builder) -> builder.timer(timer).reconnect(ReconnectPolicy.DEFAULT)); LogTap log = new LogTap()) {
			timer.shutdownNow();
			this.server.line().cut();
			assertThat(client.closed().get(20, TimeUnit.SECONDS)).isNotNull();
			assertThat(client.state()).isEqualTo(NeffosClient.State.CLOSED);
			assertThat(log.texts()).noneMatch((text) -> text.contains("task of the engine"));
		}
		expectNoThreads();
	}

}
