package io.neffos.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.neffos.Message;
import io.neffos.SystemEvents;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages without neffos structure, among others and alone (protocol section 12). */
class NativeMessageTests {

	private final EventLog log = new EventLog();

	private TestServer mixed() {
		return TestServer
			.of((namespaces) -> namespaces
				.namespace("",
						(events) -> events
							.on(SystemEvents.NATIVE_MESSAGE,
									(ns, msg) -> this.log
										.add("native " + msg.text() + (msg.isBinary() ? " binary" : "")))
							.on("say", (ns, msg) -> this.log.add("say " + msg.text())))
				.namespace("chat", (events) -> {
				}));
	}

	private TestServer only() {
		return TestServer.of((namespaces) -> namespaces.onConnect((conn) -> this.log.add("connect"))
			.onDisconnect((conn) -> this.log.add("disconnect"))
			.namespace("", (events) -> events.onAsk(SystemEvents.NATIVE_MESSAGE, (ns, msg) -> {
				this.log.add("native " + msg.text());
				return msg.text().equals("ping") ? "pong" : null;
			})));
	}

	@Test
	void mixedNativeMessagesNeedTheEmptyNamespace() {
		try (TestServer server = mixed()) {
			WireClient client = server.open().ack().say("too early");
			client.expectNothing();
			assertThat(server.observer().dropped()).contains(DropReason.BAD_NAMESPACE);
			client.connect("").say("hello").say("five;;;;;separators").say(";;;say;0;0;framed");
			client.say("six;;;;;;separators").say(";;;_OnNativeMessage;0;0;framed native");
			client.sayBinary("raw".getBytes(StandardCharsets.UTF_8)).say("M").drain();
			this.log.saw("native hello", "native five;;;;;separators", "say framed", "native framed native",
					"native raw binary", "native M");
		}
	}

	@Test
	void nativeMessagesAreSentBare() {
		try (TestServer server = mixed()) {
			WireClient client = server.open().ack().connect("").connect("chat");
			WireClient outside = server.client("chat");
			assertThat(client.on(server).write(Message.nativeMessage("bare"))).isTrue();
			client.expect("bare");
			assertThat(outside.on(server).write(Message.nativeMessage("bare"))).isFalse();
			server.server().broadcast(Message.nativeMessage(new byte[] { 1, 2 }).binary(true));
			WireFrame frame = client.nextFrame();
			assertThat(frame.binary()).isTrue();
			assertThat(frame.bytes()).containsExactly(1, 2);
			outside.expectNothing();
		}
	}

	@Test
	void withoutAHandlerTheyAreInvalid() {
		try (TestServer server = TestServer.of((namespaces) -> namespaces.namespace("",
				(events) -> events.on(SystemEvents.ANY_EVENT, this.log::event)))) {
			server.client("").say("hello").expectNothing();
			assertThat(server.observer().dropped()).contains(DropReason.INVALID);
			assertThat(this.log.lines()).noneMatch((line) -> line.startsWith("Native"));
		}
	}

	@Test
	void nativeOnlyKnowsNoAcknowledgementAndNoFrames() {
		try (TestServer server = only()) {
			WireClient client = server.open().say("M").say(";chat;;say;0;0;hello").say("ping").expect("pong");
			this.log.saw("connect", "native M", "native ;chat;;say;0;0;hello", "native ping");
			assertThat(server.connections("")).hasSize(1);
			server.server().broadcast(Message.nativeMessage("news"));
			client.expect("news").vanish();
			this.log.awaits("connect", "native M", "native ;chat;;say;0;0;hello", "native ping", "disconnect");
			assertThat(server.connections("")).isEmpty();
			assertThat(server.timers()).isZero();
		}
	}

	@Test
	void nativeOnlyClientMayStaySilent() {
		try (TestServer server = new TestServer(
				TestServer.namespaces((namespaces) -> namespaces.namespace("",
						(events) -> events.on(SystemEvents.NATIVE_MESSAGE, this.log::event))),
				TestServer.settings(TestServer.SETTINGS).handshakeTimeout(Duration.ofNanos(1)).build())) {
			WireClient client = server.open().say("ping");
			this.log.awaits("NativeMessage");
			assertThat(client.socket().closed()).isNotDone();
			assertThat(server.timers()).isZero();
		}
	}

}
