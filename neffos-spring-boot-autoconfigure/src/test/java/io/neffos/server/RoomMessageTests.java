package io.neffos.server;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.SystemEvents;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a client's message for a room: handled, relayed or dropped (B3, B4).
 */
class RoomMessageTests {

	private final EventLog log = new EventLog();

	private static TestServer server(Consumer<Events.Builder> events) {
		return TestServer.of((namespaces) -> namespaces.namespace("chat", events));
	}

	@Test
	void eventWithoutHandlerIsRelayedToAllMembersItsSenderIncluded() {
		try (TestServer server = server((events) -> {
		})) {
			WireClient one = server.client("chat").join("chat", "a");
			WireClient two = server.client("chat").join("chat", "a");
			WireClient outside = server.client("chat");
			one.say(";chat;a;say;0;0;hello; all").expect(";chat;a;say;0;0;hello; all").expectNothing();
			two.expect(";chat;a;say;0;0;hello; all").expectNothing();
			outside.expectNothing();
		}
	}

	@Test
	void binaryIsRelayedAsBinary() {
		try (TestServer server = server((events) -> {
		})) {
			WireClient one = server.client("chat").join("chat", "a");
			one.sayBinary(";chat;a;say;0;0;x".getBytes(StandardCharsets.UTF_8));
			WireFrame frame = one.nextFrame();
			assertThat(frame.binary()).isTrue();
			assertThat(frame.text()).isEqualTo(";chat;a;say;0;0;x");
		}
	}

	@Test
	void eventWithAHandlerIsNotRelayed() {
		try (TestServer server = server((events) -> events.on("say", this.log::event))) {
			server.client("chat").join("chat", "a").say(";chat;a;say;0;0;hello").expectNothing();
			this.log.saw("say a");
		}
	}

	@Test
	void handlerForAnyEventStopsTheRelay() {
		try (TestServer server = server((events) -> events.on(SystemEvents.ANY_EVENT, (ns, msg) -> {
		}))) {
			server.client("chat").join("chat", "a").say(";chat;a;say;0;0;hello").expectNothing();
		}
	}

	@Test
	void messageThatAHandlerLeavesToOthersIsRelayed() {
		try (TestServer server = server((events) -> events.onAsk("say", (ns, msg) -> EventHandler.NOT_HANDLED))) {
			WireClient one = server.client("chat").join("chat", "a");
			one.say(";chat;a;say;0;0;hello").expect(";chat;a;say;0;0;hello");
		}
	}

	@Test
	void askIsNeverRelayed() {
		try (TestServer server = server((events) -> {
		})) {
			WireClient one = server.client("chat").join("chat", "a");
			WireClient two = server.client("chat").join("chat", "a");
			one.say("$1;chat;a;say;0;0;hello").expect("$1;chat;a;say;1;0;no handler for event").expectNothing();
			two.expectNothing();
		}
	}

	@Test
	void errorFrameIsNeverRelayed() {
		try (TestServer server = server((events) -> {
		})) {
			WireClient one = server.client("chat").join("chat", "a");
			one.say(";chat;a;say;1;0;undefined").expectNothing();
		}
	}

	@Test
	void messageOfNoMemberIsDroppedAndCounted() {
		try (TestServer server = server((events) -> {
		})) {
			WireClient one = server.client("chat").join("chat", "a");
			server.client("chat").say(";chat;a;say;0;0;hello").expectNothing();
			one.expectNothing();
			assertThat(server.observer().dropped()).contains(DropReason.BAD_ROOM);
		}
	}

	@Test
	void messageWithoutARoomIsDroppedAndCounted() {
		try (TestServer server = server((events) -> {
		})) {
			server.client("chat").say(";chat;;say;0;0;hello").expectNothing();
			assertThat(server.observer().dropped()).contains(DropReason.NO_HANDLER);
		}
	}

	@Test
	void relayCanBeSwitchedOffForTheServerAndOnForANamespace() {
		try (TestServer server = new TestServer(
				TestServer.namespaces((namespaces) -> namespaces.namespace("quiet", (events) -> {
				}).namespace("loud", (events) -> events.relay(true))),
				TestServer.settings(TestServer.SETTINGS).choices(false, false).build())) {
			WireClient one = server.client("quiet", "loud").join("quiet", "a").join("loud", "a");
			one.say(";quiet;a;say;0;0;hello").expectNothing();
			one.say(";loud;a;say;0;0;hello").expect(";loud;a;say;0;0;hello");
			assertThat(server.observer().dropped()).contains(DropReason.NO_HANDLER);
		}
	}

	@Test
	void relayCanBeSwitchedOffForANamespace() {
		try (TestServer server = server((events) -> events.relay(false))) {
			server.client("chat").join("chat", "a").say(";chat;a;say;0;0;hello").expectNothing();
		}
	}

	@Test
	void roomCheckCanBeSwitchedOffForHandlersButNotForTheRelay() {
		try (TestServer server = server((events) -> events.roomCheck(false).on("say", this.log::event))) {
			WireClient member = server.client("chat").join("chat", "a");
			WireClient stranger = server.client("chat");
			stranger.say(";chat;a;say;0;0;hello").say(";chat;a;shout;0;0;hello").expectNothing();
			member.expectNothing();
			this.log.saw("say a");
		}
	}

	@Test
	void namesWithSemicolonsSurviveTheRelay() {
		try (TestServer server = server((events) -> {
		})) {
			WireClient one = server.client("chat").join("chat", "a@%!semicolon@%!b");
			server.expectSize("chat", "a;b", 1);
			one.say(";chat;a@%!semicolon@%!b;say;0;0;1").expect(";chat;a@%!semicolon@%!b;say;0;0;1");
		}
	}

}
