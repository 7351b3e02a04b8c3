package io.neffos.test;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import io.neffos.test.ChatServer.Word;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests of how a {@link NeffosTester} fails, and of what it says then. */
class TesterFailuresTests {

	private final ChatServer chat = new ChatServer();

	private final NeffosTester tester = this.chat.tester();

	private final NeffosTester hasty = this.tester.patience(ChatServer.SHORT);

	@AfterEach
	void close() {
		this.tester.close();
		this.chat.close();
	}

	@Test
	void acceptedWhereARefusalIsExpected() {
		TestConn conn = this.tester.dial();
		fails(() -> conn.expectRefusedConnect("chat", "closed"),
				"Expected the connect to namespace 'chat' to be refused with the text\n  'closed'\nbut it was accepted",
				"On connection " + conn.id(), "-> [chat] _OnNamespaceConnect ($1)", "<- yes to $1");
		TestNamespace ns = conn.namespace("chat");
		fails(() -> ns.expectRefusedJoin("lobby", "no"), "the join of room 'lobby'", "accepted");
		fails(() -> ns.ask("echo", "hi").refusal(), "Expected the ask 'echo' to be refused\nbut it was accepted");
		fails(() -> ns.room("lobby").expectRefusedLeave("no"), "the leave of room 'lobby'", "accepted");
		fails(() -> ns.ask("echo", "hi").expectRefused("no"), "the ask 'echo'", "accepted with the body\n  'hi'");
		fails(() -> ns.expectRefusedDisconnect("no"), "the disconnect from namespace 'chat'", "accepted");
		fails(() -> this.tester.expectRefused("bad token"), "Expected to be refused with the text\n  'bad token'",
				"let the connection in");
	}

	@Test
	void refusedWhereItIsNotExpected() {
		TestConn conn = this.tester.dial();
		fails(() -> conn.connect("closed"),
				"Expected the connect to namespace 'closed' to be accepted, but it was refused with the text\n"
						+ "  'closed for today'");
		fails(() -> conn.expectRefusedConnect("closed", "open"), "to be refused with the text\n  'open'",
				"but the text was\n  'closed for today'");
		TestNamespace ns = conn.connect("chat");
		fails(() -> ns.join("vip"), "the join of room 'vip'", "'vip room is restricted'");
		TestRoom trap = ns.join("trap");
		fails(trap::leave, "the leave of room 'trap'", "'no way out'");
		fails(() -> ns.ask("refuse", "no").text(), "the ask 'refuse'", "'no'");
		fails(() -> conn.connect("stay").disconnect(), "the disconnect", "'stay a while'");
		NeffosTester refused = this.tester.header("Token", "bad");
		fails(refused::dial, "Expected to be let in\nbut the server refused with the text\n  'bad token'",
				"(not acknowledged)");
		fails(() -> refused.expectRefused("another"), "'another'", "but the server said\n  'bad token'");
	}

	@Test
	void anotherMessageIsNext() {
		TestNamespace ns = this.tester.connect("chat").emit("twice", null);
		fails(() -> ns.expect("second"),
				"Expected a message 'second' in namespace 'chat' next\nbut next was\n" + "  [chat] first '1'",
				"-> [chat] twice", "<- [chat] first '1'");
		ns.expect("first");
		fails(() -> ns.room("lobby").expect("second"),
				"Expected a message 'second' in room 'lobby' of namespace 'chat' next", "[chat] second '2'");
		fails(() -> ns.expectAsk("second"), "Expected an ask 'second'", "which does not ask: use expect");
		ns.expect("second");
	}

	@Test
	void askIsNext() {
		TestNamespace ns = this.tester.connect("chat").emit("quiz", "6*7");
		fails(() -> ns.expect("question"), "'question'", "which is an ask: use expectAsk");
		fails(() -> ns.expectAsk("another"), "Expected an ask 'another'", "[chat] question (", "'6*7'");
		ns.expectAsk("question").reply("42");
	}

	@Test
	void nothingToSkipTo() {
		TestNamespace ns = this.hasty.connect("chat").emit("twice", null);
		fails(() -> ns.skipTo("third"), "Expected a message 'third' in namespace 'chat', now or later\nbut nothing of "
				+ "the kind arrived within 1000 ms", "<- [chat] first '1'");
		fails(() -> ns.room("lobby").skipTo("second"), "'second' in room 'lobby' of namespace 'chat', now or later");
		fails(() -> ns.skipTo("second", (message) -> message.text().equals("3")), "'second' in namespace 'chat'");
		ns.expect("first");
		ns.expect("second");
	}

	@Test
	void anotherBody() {
		TestNamespace ns = this.tester.connect("chat");
		fails(() -> ns.ask("echo", "hi").expect("ho"), "Expected the answer to the ask 'echo' to be\n  'ho'",
				"but it was\n  'hi'");
		fails(() -> ns.ask("echo", "hi").expect(new Word("hi")), "Word[value=hi]", "'hi'");
		fails(() -> ns.ask("echo", "hi").as(Word.class), "whose body is a Word", "this is no word");
		fails(() -> ns.emit("refuse", "no").expect("refuse", "no"), "with the body\n  'no'",
				"the message was\n  [chat] refuse error 'no'");
		ns.join("lobby").emit("say", "hi");
		TestMessage said = ns.expect("said");
		fails(() -> said.inRoom("vip"), "in the room\n  'vip'", "[chat/lobby] said 'hi'");
		fails(() -> said.error("no"), "an error message with the text\n  'no'", "said 'hi'");
		fails(() -> said.body(new byte[] { 1, 2 }), "0x0102 (2 bytes)");
		fails(() -> said.body(null), "no body");
	}

	@Test
	void nothingComes() {
		TestNamespace ns = this.hasty.connect("chat");
		fails(() -> ns.expect("said"),
				"Expected a message 'said' in namespace 'chat'\n" + "but nothing of the kind arrived within 1000 ms",
				"<- 'A" + ns.conn().id() + "'");
		fails(() -> ns.expectJoin("den"), "the request _OnRoomJoin of the server in namespace 'chat' for room 'den'");
		fails(() -> ns.conn().expectConnect("other"), "_OnNamespaceConnect", "'other'");
		fails(() -> ns.conn().expectClosed(), "Expected the connection to be closed", "within 1000 ms");
	}

	@Test
	void somethingIsLeft() {
		TestNamespace ns = this.tester.connect("chat").emit("twice", null);
		String text = "Expected no more messages in namespace 'chat'\nbut there came\n  [chat] first '1'\n"
				+ "  [chat] second '2'";
		fails(ns::expectNoMore, text);
		fails(ns.conn()::expectNoMore, text);
		fails(this.tester::expectNoMore, text);
		this.tester.connect("chat").expectNoMore();
	}

	@Test
	void somethingIsLeftOfAnotherClient() {
		TestRoom bob = this.tester.connect("chat").join("lobby");
		TestRoom ann = this.tester.connect("chat").join("lobby");
		for (int i = 0; i < 100; i++) {
			ann.emit("say", "hello " + i);
		}
		fails(bob.namespace()::expectNoMore, "hello 0", "hello 99");
	}

	@Test
	void transcriptIsAbbreviated() {
		TestNamespace ns = this.tester.connect("chat");
		for (int i = 0; i < 50; i++) {
			ns.ask("echo", "x".repeat(500)).text();
		}
		fails(() -> ns.ask("echo", "").expect("y"), "earlier ones left out", "...' (500 characters)");
	}

	@Test
	void handlerDoesNotReturn() {
		TestNamespace ns = this.hasty.connect("chat").emit("block", null);
		fails(ns::expectNoMore, "a handler still runs, or waits for an answer of this client", "-> [chat] block");
	}

	@Test
	void connectionIsClosed() {
		TestNamespace ns = this.tester.connect("chat").emit("close", null);
		ns.conn().expectClosed();
		fails(() -> ns.expect("said"), "but the connection is closed with 4001 'enough'");
		fails(() -> ns.join("lobby"), "Expected an answer to the join of room 'lobby'\nbut the connection is closed");
		fails(() -> ns.conn().expectClosed(1000), "to be closed with 1000\nbut it was closed with 4001 'enough'");
	}

	@Test
	void serverIsClosed() {
		this.chat.close();
		fails(this.tester::dial, "Expected a connection to ws://localhost/neffos\n"
				+ "but it could not be opened: The server is closed");
	}

	@Test
	void addressAnswersWithAnotherStatus() {
		NeffosTester there = NeffosTester.at(URI.create("ws://example.test/neffos"), new Unauthorized());
		fails(there::dial, "could not be opened: no WebSocket (HTTP status 401)");
		there.expectHttpStatus(401);
		fails(() -> there.expectHttpStatus(403), "Expected the HTTP status 403", "(HTTP status 401)");
		assertThatIllegalStateException().isThrownBy(() -> this.tester.expectHttpStatus(401))
			.withMessageContaining("in memory");
	}

	@Test
	void onlyInMemoryATestSaysWhoConnects() {
		NeffosTester there = NeffosTester.at(URI.create("ws://example.test/neffos"), new Unauthorized());
		assertThatIllegalStateException().isThrownBy(() -> there.as(() -> "ann").dial())
			.withMessageContaining("header(name, value)");
		assertThatIllegalArgumentException().isThrownBy(() -> there.patience(java.time.Duration.ZERO));
	}

	private static void fails(ThrowingCallable expectation, String... texts) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(expectation)
			.satisfies((error) -> org.assertj.core.api.Assertions.assertThat(error.getMessage()).contains(texts));
	}

	/** Opens nothing. */
	private static final class Unauthorized implements Dialer {

		@Override
		public CompletableFuture<DialedSocket> dial(DialRequest request) {
			return CompletableFuture.failedFuture(new DialException("no WebSocket", 401, null));
		}

		@Override
		public CompletableFuture<Void> probe(DialRequest request) {
			return CompletableFuture.completedFuture(null);
		}

	}

}
