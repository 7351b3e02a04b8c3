package io.neffos.server;

import java.time.Duration;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.neffos.BodyCodec;
import io.neffos.BadRoomException;
import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.RefusedException;
import io.neffos.Reply;
import io.neffos.SystemEvents;
import io.neffos.engine.EngineSettings;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.LogTap;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What handlers return and throw, and what becomes of it (B13, B17). */
class HandlerOutcomeTests {

	private final EventLog log = new EventLog();

	private static TestServer server(Consumer<Events.Builder> events) {
		return server(events, TestServer.SETTINGS);
	}

	private static TestServer server(Consumer<Events.Builder> events, EngineSettings settings) {
		return new TestServer(TestServer.namespaces((namespaces) -> namespaces.namespace("chat", events)), settings);
	}

	private static void failing(Events.Builder events) {
		events.onAsk("fail", (ns, msg) -> {
			throw new IllegalStateException("secret");
		}).on(SystemEvents.ROOM_JOIN, (ns, msg) -> {
			throw new IllegalStateException("secret");
		}).onAsk("later", (ns, msg) -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
	}

	@Test
	void textOfAnUnexpectedExceptionStaysHere() {
		try (TestServer server = server(HandlerOutcomeTests::failing)) {
			WireClient client = server.client("chat");
			client.say("$1;chat;;fail;0;0;").expect("$1;chat;;fail;1;0;internal error");
			client.say("$2;chat;a;_OnRoomJoin;0;0;").expect("$2;chat;a;_OnRoomJoin;1;0;internal error");
			client.say("$3;chat;;later;0;0;").expect("$3;chat;;later;1;0;internal error");
			client.say(";chat;;fail;0;0;").expectNothing();
			server.expectRooms("chat");
		}
	}

	@Test
	void textOfAnUnexpectedExceptionIsSentWhenSoChosen() {
		try (TestServer server = server(HandlerOutcomeTests::failing,
				TestServer.settings(TestServer.SETTINGS).choices(true, true).build())) {
			WireClient client = server.client("chat");
			client.say("$1;chat;;fail;0;0;").expect("$1;chat;;fail;1;0;secret");
			client.say("$2;chat;a;_OnRoomJoin;0;0;").expect("$2;chat;a;_OnRoomJoin;1;0;secret");
		}
	}

	@Test
	void unexpectedExceptionIsLoggedOnceWithNamesAndWithoutTheBody() {
		try (LogTap tap = new LogTap(); TestServer server = server(HandlerOutcomeTests::failing)) {
			server.client("chat").say("$1;chat;;fail;0;0;the body").expect("$1;chat;;fail;1;0;internal error").drain();
			assertThat(tap.texts()).singleElement()
				.asString()
				.contains("conn=c1", "namespace=chat", "event=fail")
				.doesNotContain("the body");
		}
	}

	@Test
	void refusalsAndPeersThatGoAreNoWarnings() {
		try (LogTap tap = new LogTap(); TestServer server = server((events) -> events.on("refuse", (ns, msg) -> {
			throw new RefusedException("no");
		}).onAsk("wait", (ns, msg) -> ns.ask("question", "")))) {
			WireClient client = server.client("chat");
			client.say("$1;chat;;refuse;0;0;").expect("$1;chat;;refuse;1;0;no").say("$2;chat;;wait;0;0;").next();
			client.vanish();
			server.stop();
			assertThat(tap.texts()).isEmpty();
		}
	}

	@Test
	void exceptionOfOneMessageDoesNotHurtTheNext() {
		try (TestServer server = server((events) -> events.on("die", (ns, msg) -> {
			throw new StackOverflowError("deep");
		}).onAsk("echo", (ns, msg) -> msg.body()))) {
			server.client("chat")
				.say("$1;chat;;die;0;0;")
				.expect("$1;chat;;die;1;0;internal error")
				.say("$2;chat;;echo;0;0;x")
				.expect("$2;chat;;echo;0;0;x");
		}
	}

	@Test
	void ownExceptionsOfBadNamesHaveTheirTexts() {
		try (TestServer server = server((events) -> events.on("lost", (ns, msg) -> {
			throw new BadRoomException("no such room here");
		}))) {
			server.client("chat").say("$1;chat;;lost;0;0;").expect("$1;chat;;lost;1;0;bad room");
		}
	}

	@Test
	void valueThatCannotBeWrittenIsAMistakeOfTheHandler() {
		try (LogTap tap = new LogTap();
				TestServer server = server((events) -> events.onAsk("object", (ns, msg) -> new Object()))) {
			server.client("chat").say("$1;chat;;object;0;0;").expect("$1;chat;;object;1;0;internal error");
			assertThat(tap.texts()).hasSize(1);
		}
	}

	@Test
	void futureOfAnEventDoesNotHoldUpTheNextMessage() {
		CompletableFuture<Object> slow = new CompletableFuture<>();
		try (TestServer server = server(
				(events) -> events.onAsk("slow", (ns, msg) -> slow).onAsk("echo", (ns, msg) -> msg.body()))) {
			WireClient client = server.client("chat").say("$1;chat;;slow;0;0;").say("$2;chat;;echo;0;0;x");
			client.expect("$2;chat;;echo;0;0;x");
			slow.complete("done");
			client.expect("$1;chat;;slow;0;0;done").expectNothing();
		}
	}

	@Test
	void futureMayEndInAReplyARefusalOrNothing() {
		try (TestServer server = server(
				(events) -> events.onAsk("reply", (ns, msg) -> CompletableFuture.completedFuture(Reply.of("yes")))
					.onAsk("refuse", (ns, msg) -> CompletableFuture.supplyAsync(() -> {
						throw new RefusedException("no");
					}))
					.onAsk("nothing", (ns, msg) -> CompletableFuture.completedFuture(null)))) {
			WireClient client = server.client("chat");
			client.say("$1;chat;;reply;0;0;").expect("$1;chat;;reply;0;0;yes");
			client.say("$2;chat;;refuse;0;0;").expect("$2;chat;;refuse;1;0;no");
			client.say("$3;chat;;nothing;0;0;").expectNothing();
		}
	}

	@Test
	void futureOfAJoinHoldsUpTheNextMessageAndDecides() {
		CompletableFuture<Object> vip = new CompletableFuture<>();
		CompletableFuture<Object> closed = new CompletableFuture<>();
		try (TestServer server = server(
				(events) -> events.onAsk(SystemEvents.ROOM_JOIN, (ns, msg) -> msg.room().equals("vip") ? vip : closed)
					.on("say", this.log::event))) {
			WireClient client = server.client("chat")
				.say("$1;chat;vip;_OnRoomJoin;0;0;")
				.say("$2;chat;closed;_OnRoomJoin;0;0;")
				.say(";chat;vip;say;0;0;");
			server.expectRooms("chat");
			vip.complete("a value means yes");
			client.expect("$1;;;;;;");
			this.log.saw();
			closed.completeExceptionally(new RefusedException("for members"));
			client.expect("$2;chat;closed;_OnRoomJoin;1;0;for members").expectNothing();
			this.log.saw("say vip");
			server.everywhere((one) -> assertThat(one.rooms("chat")).hasSize(1));
		}
	}

	@Test
	void futureOfAJoinThatNeverEndsIsAMistakeOfTheHandler() {
		try (LogTap tap = new LogTap();
				TestServer server = server(
						(events) -> events.onAsk(SystemEvents.ROOM_JOIN, (ns, msg) -> new CompletableFuture<>()),
						TestServer.settings(TestServer.SETTINGS).askTimeout(Duration.ofMillis(300)).build())) {
			server.client("chat")
				.say("$1;chat;a;_OnRoomJoin;0;0;")
				.expect("$1;chat;a;_OnRoomJoin;1;0;internal error")
				.expectNothing();
			server.expectRooms("chat");
			assertThat(tap.texts()).hasSize(1);
		}
	}

	@Test
	void clientThatGoesWhileItsJoinIsDecidedLeavesNoTrace() {
		CompletableFuture<Object> decision = new CompletableFuture<>();
		try (TestServer server = server((events) -> events.onAsk(SystemEvents.ROOM_JOIN, (ns, msg) -> decision)
			.on(SystemEvents.ROOM_JOINED, this.log::event)
			.on(SystemEvents.ROOM_LEFT, this.log::event))) {
			server.client("chat").say("$1;chat;a;_OnRoomJoin;0;0;").vanish();
			decision.complete("yes");
			server.stop();
			this.log.saw();
			server.expectRooms("chat");
			assertThat(server.connections("chat")).isEmpty();
		}
	}

	@Test
	void valueOfASystemEventMeansYes() {
		try (TestServer server = server((events) -> events.onAsk(SystemEvents.ROOM_JOIN, (ns, msg) -> "welcome")
			.onAsk(SystemEvents.NAMESPACE_CONNECT, (ns, msg) -> Reply.of("welcome"))
			.onAsk(SystemEvents.ROOM_JOINED, (ns, msg) -> "ignored"))) {
			server.client("chat").join("chat", "a").expectNothing();
		}
	}

	@Test
	void exceptionsAfterTheFactChangeNothing() {
		try (TestServer server = server((events) -> events.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> {
			throw new RefusedException("too late");
		}).on(SystemEvents.ROOM_JOINED, (ns, msg) -> {
			throw new RefusedException("too late");
		}).on(SystemEvents.ROOM_LEFT, (ns, msg) -> {
			throw new IllegalStateException("too late");
		}))) {
			WireClient client = server.client("chat").join("chat", "a").expectNothing();
			server.everywhere((one) -> assertThat(one.rooms("chat")).hasSize(1));
			client.leave("chat", "a").expectNothing();
			server.expectRooms("chat");
		}
	}

	@Test
	void anyEventGetsWhatHasNoHandlerSystemEventsIncluded() {
		try (TestServer server = server((events) -> events.on("say", (ns, msg) -> this.log.add("own"))
			.onAsk(SystemEvents.ANY_EVENT, (ns, msg) -> {
				this.log.event(ns, msg);
				if (msg.room().equals("vip")) {
					throw new RefusedException("any says no");
				}
				return msg.event().equals("echo") ? msg.body() : null;
			}))) {
			WireClient client = server.client("chat");
			client.say(";chat;;say;0;0;").say("$1;chat;;echo;0;0;x").expect("$1;chat;;echo;0;0;x");
			client.say("$2;chat;vip;_OnRoomJoin;0;0;").expect("$2;chat;vip;_OnRoomJoin;1;0;any says no");
			client.say("$3;chat;;unknown;0;0;").expectNothing();
			this.log.saw("NamespaceConnect", "NamespaceConnected", "own", "echo", "RoomJoin vip", "unknown");
		}
	}

	@Test
	void handlerMayLeaveAMessageToOthers() {
		try (TestServer server = server((events) -> events.onAsk("say", (ns, msg) -> EventHandler.NOT_HANDLED)
			.onAsk(SystemEvents.ROOM_JOIN, (ns, msg) -> EventHandler.NOT_HANDLED)
			.onAsk(SystemEvents.ANY_EVENT, (ns, msg) -> {
				this.log.event(ns, msg);
				return msg.event().equals("say") ? "any" : EventHandler.NOT_HANDLED;
			}))) {
			WireClient client = server.client("chat").join("chat", "a");
			client.say("$1;chat;;say;0;0;").expect("$1;chat;;say;0;0;any");
			client.say("$2;chat;;other;0;0;").expect("$2;chat;;other;1;0;no handler for event");
			assertThat(this.log.lines()).contains("RoomJoin a", "RoomJoined a", "say", "other");
		}
	}

	@Test
	void futureCannotLeaveAMessageToOthers() {
		try (TestServer server = new TestServer(
				TestServer.namespaces((namespaces) -> namespaces.namespace("chat",
						(events) -> events.onAsk("say",
								(ns, msg) -> CompletableFuture.completedFuture(EventHandler.NOT_HANDLED)))),
				TestServer.SETTINGS, (builder) -> builder.codec(new AnyBody()))) {
			WireClient client = server.client("chat");
			client.say("$1;chat;;say;0;0;").expect("$1;chat;;say;1;0;internal error");
		}
	}

	/** Writes whatever it is given, so that nothing fails for want of a codec. */
	private static final class AnyBody implements BodyCodec {

		@Override
		public byte[] encode(Object value) {
			return value.toString().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(byte[] body, Type type) {
			return new String(body, StandardCharsets.UTF_8);
		}

	}

}
