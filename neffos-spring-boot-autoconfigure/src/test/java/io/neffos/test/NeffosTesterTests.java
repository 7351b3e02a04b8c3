package io.neffos.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;

import io.neffos.Conn;
import io.neffos.NeffosServer;
import io.neffos.test.ChatServer.Word;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/** Tests of what a {@link NeffosTester} does with a server that does as expected. */
class NeffosTesterTests {

	private final ChatServer chat = new ChatServer();

	private final NeffosTester tester = this.chat.tester();

	@AfterEach
	void close() {
		this.tester.close();
		this.chat.close();
	}

	@Test
	void membersOfARoomHearEachOther() {
		TestRoom ann = this.tester.connect("chat").join("lobby");
		TestRoom bob = this.tester.connect("chat").join("lobby");
		TestNamespace outside = this.tester.connect("chat");
		ann.emit("relayed", "hello");
		ann.expect("relayed", "hello");
		bob.expect("relayed").body("hello").inRoom("lobby");
		outside.expectNoMore();
		this.tester.expectNoMore();
	}

	@Test
	void refusalsAreExpected() {
		TestConn conn = this.tester.dial();
		conn.expectRefusedConnect("closed", "closed for today");
		conn.expectRefusedConnect("unheard of", "bad namespace");
		TestNamespace ns = conn.connect("chat");
		ns.expectRefusedJoin("vip", "vip room is restricted");
		TestRoom trap = ns.join("trap");
		trap.expectRefusedLeave("no way out");
		assertThat(trap.isJoined()).isTrue();
		ns.ask("refuse", "no").expectRefused("no");
		ns.emit("refuse", "not even asked").expect("refuse").error("not even asked");
		TestNamespace stay = conn.connect("stay");
		stay.expectRefusedDisconnect("stay a while");
		assertThat(stay.isConnected()).isTrue();
		assertThat(ns.rooms()).containsExactly("trap");
		this.tester.header("Token", "bad").expectRefused("bad token");
		conn.expectNoMore();
	}

	@Test
	void roomsAndNamespacesAreLeft() {
		TestNamespace ns = this.tester.connect("chat");
		ns.join("b").leave();
		TestRoom room = ns.join("a");
		assertThat(ns.rooms()).containsExactly("a");
		ns.disconnect();
		assertThat(ns.isConnected()).isFalse();
		assertThat(room.isJoined()).isFalse();
		ns.expectNoMore();
	}

	@Test
	void repliesAreTextBytesOrObjects() {
		TestNamespace ns = this.tester.connect("chat");
		ns.ask("echo", "hi").expect("hi");
		ns.ask("echo", null).expect(null);
		TestReply reply = ns.ask("echo", new Word("cat"));
		reply.expect(new Word("cat")).body(":cat");
		assertThat(reply.as(Word.class)).isEqualTo(new Word("cat"));
		assertThat(reply.text()).isEqualTo(":cat");
		assertThat(reply.bytes()).isEqualTo(":cat".getBytes(StandardCharsets.UTF_8));
		ns.emitBinary("bytes", new byte[] { 1, (byte) 0xFF });
		assertThat(ns.expect("bytes", new byte[] { 1, (byte) 0xFF }).isBinary()).isTrue();
		TestRoom room = ns.join("lobby");
		room.ask("echo", "in a room").expect("in a room").inRoom("lobby");
	}

	@Test
	void serverJoinsAndRemovesTheClient() {
		TestNamespace ns = this.tester.connect("chat");
		ns.emit("pull", "den");
		TestRoom den = ns.expectJoin("den");
		assertThat(den.isJoined()).isTrue();
		den.expect("pulled", "den");
		ns.emit("push", "den").expectLeave("den");
		assertThat(den.isJoined()).isFalse();
		ns.refuseJoin("cell", "not now").emit("pull", "cell");
		ns.expect("not pulled").body("not now");
		assertThat(ns.rooms()).isEmpty();
		ns.emit("bring", null).conn().expectConnect("other");
		ns.emit("expel", null).expectDisconnect();
		assertThat(ns.isConnected()).isFalse();
		ns.conn().expectNoMore();
		assertThat(ns.conn().namespace("other").isConnected()).isTrue();
	}

	@Test
	void connectOfTheServerCanBeRefused() {
		TestNamespace ns = this.tester.connect("chat");
		ns.conn().refuseConnect("other", "no");
		ns.emit("bring", null);
		assertThat(ns.conn().expectConnect("other").isConnected()).isFalse();
	}

	@Test
	void asksOfTheServerAreAnsweredByTheTest() {
		TestNamespace ns = this.tester.connect("chat");
		ns.emit("quiz", "6*7");
		TestAsk ask = ns.expectAsk("question");
		assertThat(ask.text()).isEqualTo("6*7");
		ask.reply("42");
		ns.expect("result", "42");
		assertThatIllegalStateException().isThrownBy(() -> ask.refuse("again")).withMessageContaining("question");
		ns.emit("quiz", "6*9").expectAsk("question").refuse("too hard");
		ns.expect("quiz").error("too hard");
		ns.answer("question", "ready").emit("quiz", "").expect("result", "ready");
		ns.expectNoMore();
	}

	@Test
	void whatHandlersDidIsThereAfterSettling() {
		TestNamespace ns = this.tester.connect("chat");
		ns.emit("pull", "den");
		this.tester.settle();
		assertThat(ns.rooms()).containsExactly("den");
		assertThat(this.chat.server().room("chat", "den").members()).hasSize(1);
	}

	@Test
	void closesReachBothSides() {
		TestConn conn = this.tester.connect("chat").emit("close", null).conn();
		assertThat(conn.expectClosed(4001).reason()).isEqualTo("enough");
		assertThat(conn.isOpen()).isFalse();
		conn.expectNoMore();
		TestConn second = this.tester.dial();
		second.vanish();
		second.expectClosed(1006);
		TestConn third = this.tester.dial();
		third.close();
		third.expectClosed(1000);
	}

	@Test
	void nothingIsLeftAfterClose() {
		this.tester.connect("chat").join("lobby");
		this.tester.connect("chat").join("lobby");
		this.tester.close();
		NeffosServer server = this.chat.server();
		assertThat(server.connectionCount()).isZero();
		assertThat(server.connectionCount("chat")).isZero();
		assertThat(server.rooms("chat")).isEmpty();
		this.tester.connect("chat").expectNoMore();
	}

	@Test
	void handshakeIsWhatTheTestSays() {
		Principal ann = () -> "ann";
		TestConn conn = this.tester.as(ann).header("X-A", "1").header("X-A", "2").subprotocol("v2").dial();
		Conn seen = this.chat.server().connection(conn.id());
		assertThat(seen.handshake().principal()).isSameAs(ann);
		assertThat(seen.handshake().headers()).containsEntry("x-a", List.of("1", "2"));
		assertThat(conn.subprotocol()).isEqualTo("v2");
		assertThat(this.chat.server().connection(this.tester.dial().id()).handshake().principal()).isNull();
	}

	@Test
	void messagesAreSentAsTheyAre() {
		TestConn conn = this.tester.dial();
		TestNamespace nameless = conn.connect("");
		conn.send("plain");
		nameless.expect("_OnNativeMessage", "native plain");
		conn.connect("chat");
		conn.send(";chat;;bytes;0;0;x".getBytes(StandardCharsets.UTF_8));
		conn.namespace("chat").expect("bytes").body("x");
	}

	@Test
	void nativeMessagesAreExpected() {
		TestConn conn = this.tester.connect("").conn();
		conn.send("one").expectNative("native one");
		assertThat(conn.send("two").expectNative().text()).isEqualTo("native two");
		conn.expectNoMore();
	}

	@Test
	void whatComesBeforeIsPassedOver() {
		TestNamespace ns = this.tester.connect("chat").emit("twice", null);
		ns.skipTo("second").body("2");
		ns.expectNoMore();
		TestRoom room = ns.join("lobby");
		room.emit("say", "one").emit("say", "two");
		ns.emit("twice", null);
		room.skipTo("said", (message) -> message.text().equals("two"));
		ns.expect("first");
		ns.expect("second");
		ns.expectNoMore();
	}

	@Test
	void asksAreNotPassedOver() {
		TestNamespace ns = this.tester.connect("chat");
		ns.emit("pull", "den").expectJoin("den");
		ns.expect("pulled");
		ns.emit("quiz", "6*7");
		this.tester.connect("chat").join("den").emit("relayed", "hello");
		ns.skipTo("relayed", (message) -> message.room().equals("den"));
		ns.expectAsk("question").reply("42");
		ns.expect("result", "42");
		ns.expectNoMore();
	}

	@Test
	void refusalsAreRead() {
		assertThat(this.tester.connect("chat").ask("refuse", "no: 7").refusal()).startsWith("no").endsWith("7");
	}

	@Test
	void parametersAreInTheAddress() {
		TestConn conn = this.tester.parameter("name", "zo\u00eb & co").parameter("b", "2").dial();
		assertThat(this.chat.server().connection(conn.id()).handshake().uri())
			.hasToString("ws://localhost/neffos?name=zo%C3%AB+%26+co&b=2");
	}

	@Test
	void parametersAreAddedToThoseOfTheAddress() {
		NeffosTester there = NeffosTester.at(URI.create("ws://localhost/neffos?a=1"),
				MemoryDialer.to(this.chat.server()));
		TestConn conn = there.parameter("b", "2").dial();
		assertThat(this.chat.server().connection(conn.id()).handshake().uri().getQuery()).isEqualTo("a=1&b=2");
		there.close();
	}

	@Test
	void onlyServersOfThisLibraryAreTestedInMemory() {
		NeffosServer other = mock(NeffosServer.class);
		assertThatIllegalArgumentException().isThrownBy(() -> NeffosTester.of(other))
			.withMessageContaining("DefaultNeffosServer")
			.withMessageContaining(other.getClass().getName());
	}

}
