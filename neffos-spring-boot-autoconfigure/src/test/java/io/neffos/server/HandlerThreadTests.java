package io.neffos.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.SystemEvents;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which thread runs handlers, in which order, and what runs at once (B10). */
class HandlerThreadTests {

	private final EventLog log = new EventLog();

	private static TestServer server(Namespaces namespaces, Executor executor) {
		return new TestServer(namespaces, TestServer.SETTINGS, (builder) -> builder.handlers(executor));
	}

	@Test
	void everyHandlerRunsOnTheExecutorAndNoneOnTheReadingThread() {
		ExecutorService executor = Executors.newCachedThreadPool((task) -> new Thread(task, "handlers"));
		Set<String> threads = ConcurrentHashMap.newKeySet();
		Set<String> seen = ConcurrentHashMap.newKeySet();
		Namespaces namespaces = TestServer.namespaces((builder) -> builder.onConnect((conn) -> {
			threads.add(Thread.currentThread().getName());
			seen.add("OnConnect");
		}).onDisconnect((conn) -> {
			threads.add(Thread.currentThread().getName());
			seen.add("OnDisconnect");
		}).namespace("chat", (events) -> events.onRoomCreated((room) -> {
			threads.add(Thread.currentThread().getName());
			seen.add("OnRoomCreated");
		}).onRoomDestroyed((room) -> {
			threads.add(Thread.currentThread().getName());
			seen.add("OnRoomDestroyed");
		}).on(SystemEvents.ANY_EVENT, (ns, msg) -> {
			threads.add(Thread.currentThread().getName());
			seen.add(msg.event());
		})));
		try (TestServer server = server(namespaces, executor)) {
			WireClient client = server.client("chat").join("chat", "a").say(";chat;;say;0;0;").leave("chat", "a");
			client.join("chat", "b").expectNothing();
			NSConn ns = client.on(server).namespace("chat");
			var joining = ns.joinRoomAsync("c");
			client.answer(client.next(), "");
			joining.join();
			client.vanish();
			await().untilAsserted(() -> assertThat(seen).contains("OnConnect", "OnDisconnect", "OnRoomCreated",
					"OnRoomDestroyed", "_OnNamespaceConnect", "_OnNamespaceConnected", "_OnNamespaceDisconnect",
					"_OnRoomJoin", "_OnRoomJoined", "_OnRoomLeave", "_OnRoomLeft", "say"));
			assertThat(threads).containsExactly("handlers");
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void functionsAttachedToAnAskRunOnTheExecutor() {
		ExecutorService executor = Executors.newCachedThreadPool((task) -> new Thread(task, "handlers"));
		Namespaces namespaces = TestServer.namespaces((builder) -> builder.namespace("chat", (events) -> {
		}));
		try (TestServer server = server(namespaces, executor)) {
			WireClient client = server.client("chat");
			CompletableFuture<String> one = client.on(server)
				.namespace("chat")
				.askAsync("q", "")
				.thenApply((answer) -> Thread.currentThread().getName());
			CompletableFuture<String> all = server.server()
				.namespace("chat")
				.askAsync("q", "")
				.thenApply((answer) -> Thread.currentThread().getName());
			client.answer(client.next(), "1").answer(client.next(), "2");
			assertThat(one.join()).isEqualTo("handlers");
			assertThat(all.join()).isEqualTo("handlers");
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void messagesOfAConnectionAreHandledInOrderAndNeverAtOnce() {
		AtomicInteger running = new AtomicInteger();
		AtomicBoolean overlapped = new AtomicBoolean();
		ConcurrentHashMap<String, List<String>> heard = new ConcurrentHashMap<>();
		try (TestServer server = TestServer
			.of((namespaces) -> namespaces.namespace("chat", (events) -> events.on("say", (ns, msg) -> {
				if (ns.conn().increment("running") > 1) {
					overlapped.set(true);
				}
				running.incrementAndGet();
				heard.computeIfAbsent(ns.conn().id(), (id) -> new CopyOnWriteArrayList<>()).add(msg.text());
				ns.conn().decrement("running");
			})))) {
			List<WireClient> clients = IntStream.range(0, 4).mapToObj((i) -> server.client("chat")).toList();
			for (int i = 0; i < 300; i++) {
				for (WireClient client : clients) {
					client.say(";chat;;say;0;0;" + i);
				}
			}
			for (WireClient client : clients) {
				client.expectNothing();
				assertThat(heard.get(client.id()))
					.isEqualTo(IntStream.range(0, 300).mapToObj(Integer::toString).toList());
			}
			assertThat(running).hasValue(1200);
			assertThat(overlapped).isFalse();
		}
	}

	@Test
	void differentConnectionsAreHandledAtOnce() {
		CyclicBarrier both = new CyclicBarrier(2);
		try (TestServer server = TestServer
			.of((namespaces) -> namespaces.namespace("chat", (events) -> events.on("meet", (ns, msg) -> {
				both.await(20, TimeUnit.SECONDS);
				this.log.add("met");
			})))) {
			WireClient one = server.client("chat").say(";chat;;meet;0;0;");
			WireClient two = server.client("chat").say(";chat;;meet;0;0;");
			one.expectNothing();
			two.expectNothing();
			this.log.saw("met", "met");
		}
	}

	@Test
	void answersAndClosesAreNotedWhileAHandlerBlocks() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		try (TestServer server = TestServer
			.of((namespaces) -> namespaces.namespace("chat", (events) -> events.on("block", (ns, msg) -> {
				entered.countDown();
				released.await();
			})))) {
			WireClient client = server.client("chat").say(";chat;;block;0;0;");
			entered.await();
			NSConn ns = client.on(server).namespace("chat");
			var asking = ns.askAsync("q", "");
			client.answer(client.next(), "yes");
			assertThat(asking.get().text()).isEqualTo("yes");
			client.vanish();
			assertThat(ns.conn().isClosed()).isTrue();
			assertThat(server.server().connections()).isEmpty();
			released.countDown();
		}
	}

	@Test
	void oneThreadServesConnectionsInTurn() {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		CountDownLatch released = new CountDownLatch(1);
		Namespaces namespaces = TestServer
			.namespaces((builder) -> builder.namespace("chat", (events) -> events.on("block", (ns, msg) -> {
				released.await();
			}).on("say", (ns, msg) -> this.log.add(msg.text()))));
		try (TestServer server = server(namespaces, executor)) {
			WireClient flood = server.client("chat");
			WireClient other = server.client("chat");
			flood.say(";chat;;block;0;0;");
			for (int i = 0; i < 900; i++) {
				flood.say(";chat;;say;0;0;flood");
			}
			other.say(";chat;;say;0;0;other");
			released.countDown();
			flood.expectNothing();
			assertThat(this.log.lines().indexOf("other")).isBetween(0, 899);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void executorThatRefusesEndsTheConnectionAndItsHandlersOfTheEndStillRun() {
		ExecutorService executor = Executors.newCachedThreadPool();
		AtomicBoolean full = new AtomicBoolean();
		Namespaces namespaces = TestServer.namespaces((builder) -> builder.namespace("chat", (events) -> {
			this.log.system(events);
			events.on("say", (ns, msg) -> {
			});
		}));
		try (TestServer server = server(namespaces, (task) -> {
			if (full.get()) {
				throw new RejectedExecutionException("full");
			}
			executor.execute(task);
		})) {
			WireClient client = server.client("chat").expectNothing();
			this.log.clear();
			full.set(true);
			// More than once, because a thread that serves the connection already needs
			// no
			// new one.
			await().until(() -> client.say(";chat;;say;0;0;").socket().closed().isDone());
			assertThat(client.closed().code()).isEqualTo(CloseReason.TRY_AGAIN_LATER);
			this.log.awaits("NamespaceDisconnect+!");
			assertThat(server.server().connections("chat")).isEmpty();
		}
		finally {
			executor.shutdownNow();
		}
	}

}
