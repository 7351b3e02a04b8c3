package io.neffos.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.neffos.Message;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.observe.Tracing;
import io.neffos.testkit.InCluster;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What is done within a trace is continued where it has effects. */
@ExtendWith(InCluster.class)
class TraceAcrossServersTests {

	private static final Duration SOON = Duration.ofSeconds(15);

	private final NamedTraces traces = new NamedTraces();

	/** In which trace each handler of a room ran. */
	private final List<String> handled = new CopyOnWriteArrayList<>();

	private final TestServer server = new TestServer(TestServer.namespaces((namespaces) -> namespaces.namespace("chat",
			(events) -> events.on(SystemEvents.ANY_EVENT, (ns, message) -> {
				if (!message.room().isEmpty()) {
					this.handled.add(message.event() + ":" + this.traces.name());
				}
				if (message.room().equals("closed")) {
					throw new RefusedException("closed");
				}
			}))), TestServer.SETTINGS, (builder) -> builder.tracing(this.traces));

	private final WireClient here = this.server.client("chat");

	private final WireClient elsewhere = this.server.client("chat");

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void broadcastIsContinuedOnEachOtherServer() {
		this.traces.within("request", () -> this.server.serverOf(this.here).namespace("chat").emit("tick", "1"));
		this.here.expect(";chat;;tick;0;0;1");
		this.elsewhere.expect(";chat;;tick;0;0;1");
		await().untilAsserted(() -> assertThat(this.traces.events).containsExactlyInAnyOrder("request broadcast chat/",
				"request ended", "request>broadcast chat/", "request>ended", "request>broadcast chat/",
				"request>ended"));
	}

	@Test
	void nothingIsAskedOfMessagesOutsideOfATrace() {
		this.here.join("chat", "lobby");
		this.elsewhere.join("chat", "lobby");
		this.server.serverOf(this.here).namespace("chat").emit("tick", "1");
		this.elsewhere.expect(";chat;;tick;0;0;1");
		this.here.say(";chat;lobby;hi;0;0;relayed");
		assertThat(this.traces.events).isEmpty();
	}

	@Test
	void handlersOfACommandRunWithinItsTrace() throws Exception {
		CompletableFuture<?> joining = this.traces.within("request",
				() -> this.server.serverOf(this.here).remote(this.elsewhere.id()).joinRoomAsync("chat", "lobby", SOON));
		this.elsewhere.answer(this.elsewhere.next(), "");
		joining.get();
		assertThat(this.handled).containsExactly("_OnRoomJoin:request>", "_OnRoomJoined:request>");
		await().untilAsserted(() -> assertThat(this.traces.events).contains("request join chat/lobby", "request ended",
				"request>join chat/lobby", "request>ended"));
	}

	@Test
	void handlersOfACommandHereRunWithinTheTraceToo() throws Exception {
		CompletableFuture<?> joining = this.traces.within("request",
				() -> this.server.serverOf(this.here).remote(this.here.id()).joinRoomAsync("chat", "lobby", SOON));
		this.here.answer(this.here.next(), "");
		joining.get();
		assertThat(this.handled).containsExactly("_OnRoomJoin:request", "_OnRoomJoined:request");
		assertThat(this.traces.events).isEmpty();
	}

	@Test
	void whatFailsIsSaidToHaveFailed() {
		CompletableFuture<?> joining = this.traces.within("request",
				() -> this.server.serverOf(this.here)
					.remote(this.elsewhere.id())
					.joinRoomAsync("chat", "closed", SOON));
		assertThatThrownBy(joining::get).hasCauseInstanceOf(RefusedException.class);
		await().untilAsserted(() -> assertThat(this.traces.events).contains("request ended"));
	}

	@Test
	void askEndsWithItsAnswer() throws Exception {
		CompletableFuture<Message> asking = this.traces.within("request",
				() -> this.server.serverOf(this.here)
					.namespace("chat")
					.to(this.elsewhere.id())
					.askAsync("question", "?"));
		String question = this.elsewhere.next();
		assertThat(this.traces.events).doesNotContain("request ended");
		this.elsewhere.answer(question, "42");
		assertThat(asking.get().text()).isEqualTo("42");
		await().untilAsserted(() -> assertThat(this.traces.events).contains("request ask chat/", "request ended",
				"request>ask chat/", "request>ended"));
	}

	/** A trace is a name; where it goes on elsewhere the name gets longer. */
	private static final class NamedTraces implements Tracing {

		private final ThreadLocal<String> names = ThreadLocal.withInitial(() -> "");

		private final List<String> events = new CopyOnWriteArrayList<>();

		String name() {
			return this.names.get();
		}

		<T> T within(String name, Supplier<T> task) {
			return new Named(name).call(task);
		}

		void within(String name, Runnable task) {
			within(name, () -> {
				task.run();
				return true;
			});
		}

		@Override
		public @Nullable Trace current() {
			return name().isEmpty() ? null : new Named(name());
		}

		@Override
		public @Nullable Span departs(Crossing crossing) {
			return name().isEmpty() ? null : begin(name(), crossing);
		}

		@Override
		public Span arrives(Crossing crossing, Map<String, String> fields) {
			return begin(fields.get("trace") + ">", crossing);
		}

		private Span begin(String name, Crossing crossing) {
			this.events.add(name + (name.endsWith(">") ? "" : " ") + crossing.operation() + " " + crossing.namespace()
					+ "/" + crossing.room());
			return new Named(name);
		}

		private final class Named implements Span {

			private final String name;

			Named(String name) {
				this.name = name;
			}

			@Override
			public Map<String, String> fields() {
				return Map.of("trace", this.name);
			}

			@Override
			public <T extends @Nullable Object> T call(Supplier<T> task) {
				String before = NamedTraces.this.names.get();
				NamedTraces.this.names.set(this.name);
				try {
					return task.get();
				}
				finally {
					NamedTraces.this.names.set(before);
				}
			}

			@Override
			public void end(@Nullable Throwable failure) {
				NamedTraces.this.events.add(this.name + (this.name.endsWith(">") ? "" : " ") + "ended");
			}

		}

	}

}
