package io.neffos.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.neffos.AskTimeoutException;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Defects of the JavaScript client that do no harm. Named after protocol section 14.2.
 */
class OriginalClientsTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private final EventLog log = new EventLog();

	private TestServer server() {
		return TestServer.of((namespaces) -> namespaces.namespace("chat",
				(events) -> this.log.system(events).onAsk("say", (ns, msg) -> {
					this.log.add(msg.isError() ? "error " + msg.error() : msg.text());
					return msg.text();
				}).onAsk("refuse", (ns, msg) -> {
					throw new RefusedException("no");
				})));
	}

	@Test
	void j1_leaveAllThatSaysLeftChangesNothing() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").join("chat", "a").join("chat", "b").expectNothing();
			this.log.clear();
			client.say("$9;chat;a;_OnRoomLeft;0;0;").say("$9;chat;b;_OnRoomLeft;0;0;").expectNothing();
			this.log.saw();
			server.everywhere((one) -> assertThat(one.rooms("chat")).hasSize(2));
			client.leave("chat", "a").leave("chat", "b");
			server.expectRooms("chat");
		}
	}

	@Test
	void j3_nothingFollowsTheReplyToAConnectUntilTheClientSpeaks() throws Exception {
		CountDownLatch emitted = new CountDownLatch(1);
		CountDownLatch heard = new CountDownLatch(1);
		Namespaces namespaces = TestServer.namespaces((builder) -> builder
			.namespace("chat", (events) -> events.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> {
				ns.emit("welcome", "1");
				ns.conn().namespace("other").emit("welcome", "2");
				emitted.countDown();
			}))
			.namespace("other", (events) -> events.on("say", (ns, msg) -> heard.countDown())));
		try (TestServer server = new TestServer(namespaces,
				TestServer.settings(TestServer.SETTINGS).connectGap(Duration.ofHours(1)).build())) {
			WireClient client = server.client("other").say(";other;;hello;0;0;").connect("chat");
			emitted.await();
			client.say(";other;;say;0;0;");
			heard.await();
			assertThat(client.socket().written()).isEmpty();
			client.say(";chat;;say;0;0;").expect(";chat;;welcome;0;0;1").expect(";other;;welcome;0;0;2");
		}
	}

	@Test
	void j3_silentClientGetsTheRestWhenTheGapIsOver() {
		Namespaces namespaces = TestServer.namespaces((builder) -> builder.namespace("chat",
				(events) -> events.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> ns.emit("welcome", "1"))));
		try (TestServer server = new TestServer(namespaces,
				TestServer.settings(TestServer.SETTINGS).connectGap(SHORT).build())) {
			server.client("chat").expect(";chat;;welcome;0;0;1");
		}
	}

	@Test
	void j3_messagesHeldBackAreStillSentWhenTheServerCloses() throws Exception {
		Namespaces namespaces = TestServer.namespaces((builder) -> builder.namespace("chat",
				(events) -> events.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> {
					ns.emit("farewell", "1");
					ns.conn().close(4000, "bye");
				})));
		try (TestServer server = new TestServer(namespaces,
				TestServer.settings(TestServer.SETTINGS).connectGap(Duration.ofHours(1)).build())) {
			WireClient client = server.client("chat").expect(";chat;;farewell;0;0;1");
			assertThat(client.closed().code()).isEqualTo(4000);
		}
	}

	@Test
	void j4_errorCalledUndefinedIsHeardAndNotAnswered() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").expectNothing();
			this.log.clear();
			client.say(";chat;;say;1;0;undefined").expectNothing();
			client.say("$1;chat;;say;0;0;still here").expect("$1;chat;;say;0;0;still here");
			this.log.saw("error undefined", "still here");
		}
	}

	@Test
	void j5_clientThatDoesNotAnswerMeetsTheDeadline() {
		try (TestServer server = server()) {
			NSConn ns = server.client("chat").on(server).namespace("chat");
			assertThatThrownBy(() -> ns.ask("question", "", SHORT)).isInstanceOf(AskTimeoutException.class);
			server.expectNoTimers();
		}
	}

	@Test
	void j7_errorsAreTextEvenForBinaryRequests() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			client.sayBinary("$1;chat;;refuse;0;0;".getBytes(StandardCharsets.UTF_8));
			WireFrame refusal = client.nextFrame();
			assertThat(refusal.binary()).isFalse();
			assertThat(refusal.text()).isEqualTo("$1;chat;;refuse;1;0;no");
			client.sayBinary("$2;chat;;say;0;0;x".getBytes(StandardCharsets.UTF_8));
			assertThat(client.nextFrame().binary()).isTrue();
			client.sayBinary("$3;chat;a;_OnRoomJoin;0;0;".getBytes(StandardCharsets.UTF_8));
			assertThat(client.nextFrame().binary()).isFalse();
			client.sayBinary("$4;chat;;nobody;0;0;".getBytes(StandardCharsets.UTF_8));
			assertThat(client.nextFrame().binary()).isFalse();
		}
	}

	@Test
	void j8_fiveSeparatorsAreNoMessage() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").expectNothing();
			this.log.clear();
			client.say("$1;chat;;say;0;0").expectNothing();
			this.log.saw();
		}
	}

	@Test
	void j9_acknowledgementIsTheFirstFrameAndText() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.onConnect((conn) -> conn.connectAsync("chat"))
			.namespace("chat", this.log::system))) {
			WireClient client = server.open().say("M");
			WireFrame first = client.nextFrame();
			assertThat(first.text()).isEqualTo("A" + client.id());
			assertThat(first.binary()).isFalse();
			assertThat(client.next()).matches("\\d+;chat;;_OnNamespaceConnect;0;0;");
		}
	}

	@Test
	void j10_tokensThatRepeatAreEachAnswered() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			client.say("$5.5;chat;;say;0;0;one").say("$5.5;chat;;say;0;0;two");
			client.expect("$5.5;chat;;say;0;0;one").expect("$5.5;chat;;say;0;0;two");
			client.say("$6;chat;a;_OnRoomJoin;0;0;").say("$6;chat;b;_OnRoomJoin;0;0;");
			client.expect("$6;;;;;;").expect("$6;;;;;;");
			server.everywhere((one) -> assertThat(one.rooms("chat")).hasSize(2));
		}
	}

	@Test
	void j12_joinThatAClientDoesNotAnswerLeavesNoTrace() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat");
			NSConn ns = client.on(server).namespace("chat");
			assertThatThrownBy(() -> ns.joinRoom("a", SHORT)).isInstanceOf(AskTimeoutException.class);
			client.answer(client.next(), "");
			// The client may have joined after all, so it is told to leave.
			client.answer(client.next(), "").expectNothing();
			assertThat(ns.rooms()).isEmpty();
			server.expectRooms("chat");
			server.expectNoTimers();
		}
	}

	@Test
	void j15_framesAfterTheCloseAreTolerated() {
		try (TestServer server = server()) {
			WireClient client = server.client("chat").expectNothing();
			client.on(server).close();
			client.closed();
			client.say("$1;chat;;say;0;0;late");
			server.stop();
			assertThat(client.socket().written()).isEmpty();
			assertThat(this.log.lines()).doesNotContain("late");
		}
	}

}
