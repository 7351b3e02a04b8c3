package io.neffos.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.WriteClosedException;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Asks of the whole server (protocol section 10, B9). */
class ServerAskTests {

	private static final String QUESTION = "\\d+;chat;;who;0;0;\\?";

	private final EventLog log = new EventLog();

	private final TestServer test = TestServer.of((namespaces) -> namespaces
		.namespace("chat", (events) -> events.on("who", this.log::event)
			.onAsk("poll", (ns, msg) -> ns.conn().id() + " " + this.server().namespace("chat").ask("who", "").text()))
		.namespace("empty", (events) -> {
		}));

	private final WireClient one = this.test.client("chat").join("chat", "a");

	private final WireClient two = this.test.client("chat").join("chat", "a");

	private final WireClient outside = this.test.client("chat");

	private NeffosServer server() {
		return this.test.server();
	}

	@AfterEach
	void close() {
		this.test.expectNoTimers();
		this.test.close();
	}

	@Test
	void firstAnswerOfAllCounts() {
		CompletableFuture<Message> asking = server().namespace("chat").askAsync("who", "?");
		String one = this.one.next();
		String two = this.two.next();
		String outside = this.outside.next();
		assertThat(List.of(one, two, outside)).allSatisfy((question) -> assertThat(question).matches(QUESTION));
		this.outside.answer(outside, "me");
		assertThat(asking.join().text()).isEqualTo("me");
		this.test.settle();
		this.one.answer(one, "too late").refuse(one, "too late").expectNothing();
		this.two.refuse(two, "too late").expectNothing();
		this.log.saw();
		assertThat(this.test.observer().dropped()).filteredOn(DropReason.LATE_ANSWER::equals).hasSize(3);
	}

	@Test
	void errorIsAnAnswerToo() {
		CompletableFuture<Message> asking = server().namespace("chat").askAsync("who", "?");
		this.two.refuse(this.two.next(), "not telling");
		assertThatThrownBy(asking::get).hasCauseInstanceOf(RefusedException.class).hasMessageContaining("not telling");
	}

	@Test
	void oneIdOrOneRoomOrAllButSomeCanBeAsked() {
		CompletableFuture<Message> asking = server().namespace("chat").to(this.two.id()).askAsync("who", "1");
		this.two.answer(this.two.next(), "two");
		assertThat(asking.join().text()).isEqualTo("two");
		asking = server().namespace("chat").room("a").except(Exclude.ids(this.two.id())).askAsync("who", "2");
		this.one.answer(this.one.next(), "one");
		assertThat(asking.join().text()).isEqualTo("one");
		asking = server().askAsync(Message.of("who", "3").namespace("chat").to(this.outside.id()));
		this.outside.answer(this.outside.next(), "outside");
		assertThat(asking.join().text()).isEqualTo("outside");
		this.one.expectNothing();
		this.two.expectNothing();
		this.outside.expectNothing();
	}

	@Test
	void answerOfWhoWasNotAskedIsNotTaken() {
		CompletableFuture<Message> asking = server().namespace("chat").room("a").askAsync("who", "?");
		String question = this.one.next();
		WireClient stranger = this.test.beside(this.one, "chat");
		stranger.answer(question, "me").expectNothing();
		assertThat(asking).isNotDone();
		this.one.answer(question, "one");
		assertThat(asking.join().text()).isEqualTo("one");
		this.log.saw();
	}

	@Test
	void nobodyToAskFailsAtOnce() {
		assertThatThrownBy(() -> server().namespace("empty").ask("who", "")).isInstanceOf(WriteClosedException.class);
		assertThatThrownBy(() -> server().namespace("chat").room("empty").ask("who", ""))
			.isInstanceOf(WriteClosedException.class);
		assertThatThrownBy(() -> server().namespace("chat").to("nobody").ask("who", ""))
			.isInstanceOf(WriteClosedException.class);
		assertThatThrownBy(() -> server().ask(Message.of("who").namespace("nowhere")))
			.isInstanceOf(BadNamespaceException.class);
	}

	@Test
	void allThatWereAskedHaveGone() {
		CompletableFuture<Message> asking = server().namespace("chat").room("a").askAsync("who", "?");
		this.one.vanish();
		assertThat(asking).isNotDone();
		this.two.vanish();
		assertThatThrownBy(asking::get).hasCauseInstanceOf(WriteClosedException.class);
	}

	@Test
	void nobodyAnswers() {
		assertThatThrownBy(() -> server().namespace("chat").ask("who", "?", Duration.ofMillis(30)))
			.isInstanceOf(AskTimeoutException.class)
			.hasMessageContaining("who");
	}

	@Test
	void handlerAsksEverybodyItsOwnPeerIncluded() {
		this.one.say("$1;chat;;poll;0;0;");
		this.one.answer(this.one.next(), "me").expect("$1;chat;;poll;0;0;" + this.one.id() + " me");
	}

}
