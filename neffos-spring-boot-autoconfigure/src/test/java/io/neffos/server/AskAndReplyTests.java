package io.neffos.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Reply;
import io.neffos.WriteClosedException;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Asks of either side and their answers (protocol section 9, B9 and B17). */
class AskAndReplyTests {

	private final BlockingQueue<Message> kept = new LinkedBlockingQueue<>();

	private final TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat",
			(events) -> events.onAsk("echo", (ns, msg) -> msg.body())
				.onAsk("nothing", (ns, msg) -> Reply.empty())
				.onAsk("value", (ns, msg) -> "value")
				.onAsk("refuse", (ns, msg) -> {
					throw new RefusedException(msg.text());
				})
				.on("silent", (ns, msg) -> {
				})
				.on("later", (ns, msg) -> this.kept.add(msg))
				.onAsk("twice", (ns, msg) -> {
					msg.reply("first");
					return "second";
				})));

	private final WireClient client = this.server.client("chat");

	private final NSConn ns = this.client.on(this.server).namespace("chat");

	@AfterEach
	void close() {
		this.server.close();
	}

	private Message keptMessage() throws Exception {
		Message message = this.kept.poll(20, TimeUnit.SECONDS);
		assertThat(message).isNotNull();
		return message;
	}

	@Test
	void returnedValueIsTheAnswer() {
		this.client.say("$1;chat;;echo;0;0;a;b").expect("$1;chat;;echo;0;0;a;b");
		this.client.say("$2;chat;;value;0;0;").expect("$2;chat;;value;0;0;value");
		this.client.say("$3;chat;;nothing;0;0;").expect("$3;chat;;nothing;0;0;");
	}

	@Test
	void answerTravelsAsTheRequestDid() {
		this.client.sayBinary("$1;chat;;echo;0;0;x".getBytes(StandardCharsets.UTF_8));
		WireFrame answer = this.client.nextFrame();
		assertThat(answer.binary()).isTrue();
		assertThat(answer.text()).isEqualTo("$1;chat;;echo;0;0;x");
	}

	@Test
	void refusalIsAnError() {
		this.client.say("$1;chat;;refuse;0;0;not now").expect("$1;chat;;refuse;1;0;not now");
	}

	@Test
	void errorTextIsNeverEmpty() {
		this.client.say("$1;chat;;refuse;0;0;").expect("$1;chat;;refuse;1;0;error");
	}

	@Test
	void valueWithoutATokenGoesOutAsAnEvent() {
		this.client.say(";chat;;value;0;0;").expect(";chat;;value;0;0;value");
		this.client.say(";chat;;refuse;0;0;no").expect(";chat;;refuse;1;0;no").expectNothing();
	}

	@Test
	void handlerThatReturnsNothingDoesNotAnswer() {
		this.client.say("$1;chat;;silent;0;0;").expectNothing();
	}

	@Test
	void askWithoutAHandlerIsAnswered() {
		this.client.say("$1;chat;;nobody;0;0;").expect("$1;chat;;nobody;1;0;no handler for event");
		this.client.say("$2;chat;den;echo;0;0;").expect("$2;chat;den;echo;1;0;bad room");
		this.client.say("$3;other;;echo;0;0;").expect("$3;other;;echo;1;0;bad namespace");
		this.client.say(";chat;;nobody;0;0;").expectNothing();
	}

	@Test
	void deferredAnswerIsGivenOnceFromAnyThread() throws Exception {
		this.client.say("$1;chat;;later;0;0;").expectNothing();
		Message message = keptMessage();
		assertThat(message.isAsk()).isTrue();
		assertThat(message.reply("done")).isTrue();
		assertThat(message.reply("again")).isFalse();
		assertThat(message.replyError("no")).isFalse();
		assertThat(message.isAsk()).isFalse();
		this.client.expect("$1;chat;;later;0;0;done").expectNothing();
	}

	@Test
	void deferredErrorIsAnAnswerToo() throws Exception {
		this.client.say("$1;chat;;later;0;0;");
		assertThat(keptMessage().replyError("too late")).isTrue();
		this.client.expect("$1;chat;;later;1;0;too late");
	}

	@Test
	void messageWithoutATokenCannotBeAnswered() throws Exception {
		this.client.say(";chat;;later;0;0;");
		Message message = keptMessage();
		assertThat(message.isAsk()).isFalse();
		assertThat(message.reply("done")).isFalse();
		this.client.expectNothing();
	}

	@Test
	void deferredAnswerToAClosedConnectionIsNotSent() throws Exception {
		this.client.say("$1;chat;;later;0;0;");
		Message message = keptMessage();
		this.client.vanish();
		assertThat(message.reply("done")).isFalse();
	}

	@Test
	void answerInTheHandlerUsesUpTheValue() {
		this.client.say("$1;chat;;twice;0;0;").expect("$1;chat;;twice;0;0;first").expectNothing();
	}

	@Test
	void bodyThatCannotBeWrittenIsAMistakeOfTheHandlerAndIsAnswered() throws Exception {
		this.client.say("$1;chat;;later;0;0;");
		Message message = keptMessage();
		assertThatThrownBy(() -> message.reply(new Object())).isInstanceOf(RuntimeException.class);
		assertThat(message.reply("done")).isTrue();
		this.client.expect("$1;chat;;later;0;0;done");
	}

	@Test
	void serverAsksAndIsAnswered() throws Exception {
		CompletableFuture<Message> asking = this.ns.askAsync("question", "?");
		String question = this.client.next();
		assertThat(question).matches("\\d+;chat;;question;0;0;\\?");
		this.client.answer(question, "42");
		Message answer = asking.get();
		assertThat(answer.text()).isEqualTo("42");
		assertThat(answer.reply("no")).as("an answer cannot be answered").isFalse();
		this.client.expectNothing();
		this.server.expectNoTimers();
	}

	@Test
	void emptyReplyIsAnAnswer() throws Exception {
		CompletableFuture<Message> asking = this.ns.askAsync("question", "?");
		this.client.answer(this.client.next(), "");
		assertThat(asking.get().text()).isEmpty();
	}

	@Test
	void errorIsAnException() {
		CompletableFuture<Message> asking = this.ns.askAsync("question", "?");
		this.client.refuse(this.client.next(), "don't know");
		assertThatThrownBy(asking::get).hasCauseInstanceOf(RefusedException.class).hasMessageContaining("don't know");
		CompletableFuture<Message> again = this.ns.askAsync("question", "?");
		this.client.refuse(this.client.next(), "bad room");
		assertThatThrownBy(again::get).hasCauseInstanceOf(BadRoomException.class);
		this.server.expectNoTimers();
	}

	@Test
	void answersFindTheirAsksInAnyOrder() throws Exception {
		CompletableFuture<Message> one = this.ns.askAsync("question", "1");
		CompletableFuture<Message> two = this.ns.askAsync("question", "2");
		String first = this.client.next();
		String second = this.client.next();
		this.client.answer(second, "two").answer(first, "one");
		assertThat(one.get().text()).isEqualTo("one");
		assertThat(two.get().text()).isEqualTo("two");
	}

	@Test
	void answerOfAnotherConnectionIsNotTaken() {
		WireClient stranger = this.server.beside(this.client, "chat");
		CompletableFuture<Message> asking = this.ns.askAsync("question", "?");
		String question = this.client.next();
		stranger.answer(question, "I am you").expectNothing();
		assertThat(asking).isNotDone();
		this.client.answer(question, "me");
		assertThat(asking.join().text()).isEqualTo("me");
	}

	@Test
	void askIsBoundedInTimeAndALateAnswerIsNoEvent() {
		assertThatThrownBy(() -> this.ns.ask("echo", "?", Duration.ofMillis(30)))
			.isInstanceOf(AskTimeoutException.class)
			.hasMessageContaining("echo");
		this.client.answer(this.client.next(), "late").expectNothing();
		this.server.expectNoTimers();
	}

	@Test
	void askOfWhatIsNotThereFailsAtOnce() {
		assertThatThrownBy(() -> this.ns.conn().ask(Message.of("q").namespace("other")))
			.isInstanceOf(BadNamespaceException.class);
		assertThatThrownBy(() -> this.ns.conn().ask(Message.of("q").namespace("chat").room("den")))
			.isInstanceOf(BadRoomException.class);
		this.client.expectNothing();
		this.client.vanish();
		assertThatThrownBy(() -> this.ns.ask("q", "")).isInstanceOf(WriteClosedException.class);
		this.server.expectNoTimers();
	}

}
