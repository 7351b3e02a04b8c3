package io.neffos.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.client.Reconnected.Place;
import io.neffos.testkit.BothSides;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What a client does when it loses its connection. */
class ReconnectTests {

	private static final ReconnectPolicy QUICK = ReconnectPolicy.DEFAULT.delays(Duration.ofMillis(1),
			Duration.ofMillis(5));

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private volatile String refused = "";

	private final BothSides sides = new BothSides((server) -> {
		for (String name : List.of("chat", "news", "extra")) {
			server.namespace(name,
					(events) -> events.on(SystemEvents.NAMESPACE_CONNECT, this::admit)
						.on(SystemEvents.ROOM_JOIN, this::admit)
						.on("say", (ns, msg) -> this.heard.add(msg.room() + " " + msg.text()))
						.on("silent", (ns, msg) -> {
						}));
		}
		server.onConnect((conn) -> {
			if (this.refused.equals("everybody")) {
				throw new RefusedException("not today");
			}
		});
	}, (client) -> client.namespace("chat", (events) -> {
	}).namespace("news", (events) -> {
	}).namespace("extra", (events) -> {
	}));

	private void admit(NSConn ns, Message msg) {
		if (this.refused.equals(msg.namespace() + msg.room())) {
			throw new RefusedException("no more");
		}
	}

	private final NeffosClientListener listener = new NeffosClientListener() {

		@Override
		public void onReconnecting(Reconnecting event) {
			ReconnectTests.this.events.add(event);
		}

		@Override
		public void onReconnected(Reconnected event) {
			ReconnectTests.this.events.add(event);
		}

		@Override
		public void onClosed(ClientClosed event) {
			ReconnectTests.this.events.add(event);
		}

	};

	@AfterEach
	void stop() {
		this.sides.close();
	}

	private NeffosClient dial() {
		return dial((builder) -> builder);
	}

	private NeffosClient dial(UnaryOperator<NeffosClientBuilder> more) {
		return this.sides.dial((builder) -> more.apply(builder.reconnect(QUICK).listener(this.listener)));
	}

	private <T> T next(Class<T> type) throws InterruptedException {
		Object event = this.events.poll(20, TimeUnit.SECONDS);
		assertThat(event).isInstanceOf(type);
		return type.cast(event);
	}

	/** The next event of a type; attempts before it may be more or fewer. */
	private <T> T eventually(Class<T> type) throws InterruptedException {
		Object event = this.events.poll(20, TimeUnit.SECONDS);
		while (event instanceof Reconnecting && type != Reconnecting.class) {
			event = this.events.poll(20, TimeUnit.SECONDS);
		}
		assertThat(event).isInstanceOf(type);
		return type.cast(event);
	}

	@Test
	void restoresNamespacesAndRoomsInTheirOrder() throws Exception {
		NeffosClient client = dial();
		NSConn news = client.connect("news");
		NSConn chat = client.connect("chat");
		chat.joinRoom("b");
		chat.joinRoom("a");
		news.joinRoom("x");
		this.sides.line().wire().clear();
		this.sides.line().cut();
		Reconnecting attempt = next(Reconnecting.class);
		assertThat(attempt.attempt()).isEqualTo(1);
		assertThat(attempt.lost().code()).isEqualTo(CloseReason.ABNORMAL);
		assertThat(attempt.failure()).isNull();
		assertThat(attempt.client()).isSameAs(client);
		Reconnected back = next(Reconnected.class);
		assertThat(back.attempts()).isEqualTo(1);
		assertThat(back.refused()).isEmpty();
		assertThat(back.restored()).containsExactly(new Place("news", ""), new Place("news", "x"),
				new Place("chat", ""), new Place("chat", "b"), new Place("chat", "a"));
		assertThat(back.conn()).isSameAs(client.conn());
		assertThat(client.isConnected()).isTrue();
		assertThat(client.conn().id()).isEqualTo("c2");
		assertThat(client.conn().reconnectTries()).isEqualTo(1);
		assertThat(this.sides.onServer(client).reconnectTries()).isEqualTo(1);
		assertThat(this.sides.line().wire()).filteredOn((frame) -> frame.contains("_On"))
			.extracting((frame) -> frame.replaceFirst("--> [^;]*;", ""))
			.containsExactly("news;;_OnNamespaceConnect;0;0;", "news;x;_OnRoomJoin;0;0;",
					"chat;;_OnNamespaceConnect;0;0;", "chat;b;_OnRoomJoin;0;0;", "chat;a;_OnRoomJoin;0;0;");
		assertThat(chat.emit("say", "stale")).isFalse();
		assertThat(client.namespace("chat").rooms()).extracting(Room::name).containsExactly("b", "a");
	}

	@Test
	void tellsWhatTheServerRefusesAndKeepsTheRest() throws Exception {
		NeffosClient client = dial();
		NSConn chat = client.connect("chat");
		chat.joinRoom("a");
		chat.joinRoom("b");
		client.connect("news").joinRoom("x");
		this.refused = "chata";
		this.sides.line().cut();
		Reconnected back = eventually(Reconnected.class);
		assertThat(back.restored()).containsExactly(new Place("chat", ""), new Place("chat", "b"),
				new Place("news", ""), new Place("news", "x"));
		assertThat(back.refused()).singleElement().satisfies((refusal) -> {
			assertThat(refusal.place()).isEqualTo(new Place("chat", "a"));
			assertThat(refusal.reason()).isInstanceOf(RefusedException.class).hasMessage("no more");
		});
		this.refused = "news";
		this.sides.line().cut();
		back = eventually(Reconnected.class);
		assertThat(back.restored()).containsExactly(new Place("chat", ""), new Place("chat", "b"));
		assertThat(back.refused()).extracting(Reconnected.Refused::place).containsExactly(new Place("news", ""));
	}

	@Test
	void triesUntilTheServerIsThereAndSaysHowOften() throws Exception {
		NeffosClient client = dial();
		this.sides.line().down(true);
		this.sides.line().cut();
		next(Reconnecting.class);
		assertThat(next(Reconnecting.class).failure()).hasMessageContaining("Connection refused");
		Reconnecting third = next(Reconnecting.class);
		assertThat(third.attempt()).isEqualTo(3);
		assertThat(client.state()).isEqualTo(NeffosClient.State.RECONNECTING);
		this.sides.line().down(false);
		Reconnected back = eventually(Reconnected.class);
		assertThat(back.attempts()).isGreaterThanOrEqualTo(3);
		assertThat(client.conn().reconnectTries()).isEqualTo(back.attempts());
		assertThat(this.sides.line().requests()).hasSize(2);
	}

	@Test
	void pendingAsksFailAtOnceAndFurtherOnesToo() {
		NeffosClient client = dial();
		NSConn chat = client.connect("chat");
		CompletableFuture<Message> asked = chat.askAsync("silent", null);
		this.sides.line().down(true);
		this.sides.line().cut();
		assertThatExceptionOfType(WriteClosedException.class).isThrownBy(() -> {
			try {
				asked.get(5, TimeUnit.SECONDS);
			}
			catch (ExecutionException ex) {
				throw ex.getCause();
			}
		}).withMessage("The connection closed before an answer arrived");
		assertThatExceptionOfType(WriteClosedException.class).isThrownBy(() -> chat.ask("silent", null));
		assertThatExceptionOfType(WriteClosedException.class).isThrownBy(() -> client.connect("news"));
	}

	@Test
	void messagesAreRefusedMeanwhile() throws Exception {
		NeffosClient client = dial();
		client.connect("chat");
		this.sides.line().down(true);
		this.sides.line().cut();
		next(Reconnecting.class);
		assertThat(client.emit("chat", "say", "lost")).isFalse();
		this.sides.line().down(false);
		assertThat(eventually(Reconnected.class).undelivered()).isEmpty();
		assertThat(client.emit("chat", "say", "found")).isTrue();
		assertThat(this.heard.poll(20, TimeUnit.SECONDS)).isEqualTo(" found");
	}

	@Test
	void bufferKeepsSomeAndSendsThemInOrderWhenRoomsAreRestored() throws Exception {
		NeffosClient client = dial((builder) -> builder.bufferWhileReconnecting(3));
		client.connect("chat").joinRoom("a");
		this.sides.line().down(true);
		this.sides.line().cut();
		next(Reconnecting.class);
		assertThat(client.write(Message.of("say", "1").namespace("chat").room("a"))).isTrue();
		assertThat(client.write(Message.of("say", "2").namespace("chat").room("gone"))).isTrue();
		assertThat(client.emit("chat", "say", "3")).isTrue();
		assertThat(client.emit("chat", "say", "4")).isFalse();
		this.sides.line().down(false);
		Reconnected back = eventually(Reconnected.class);
		assertThat(back.undelivered()).extracting(Message::text).containsExactly("2");
		client.emit("chat", "say", "5");
		assertThat(this.heard.poll(20, TimeUnit.SECONDS)).isEqualTo("a 1");
		assertThat(this.heard.poll(20, TimeUnit.SECONDS)).isEqualTo(" 3");
		assertThat(this.heard.poll(20, TimeUnit.SECONDS)).isEqualTo(" 5");
	}

	@Test
	void givesUpWhenTheServerRefuses() throws Exception {
		NeffosClient client = dial((builder) -> builder.bufferWhileReconnecting(1));
		this.refused = "everybody";
		this.sides.line().cut();
		ClientClosed closed = eventually(ClientClosed.class);
		assertThat(closed.failure()).isInstanceOf(RefusedException.class).hasMessage("not today");
		assertThat(closed.reason().code()).isEqualTo(CloseReason.ABNORMAL);
		assertThat(client.state()).isEqualTo(NeffosClient.State.CLOSED);
		assertThat(client.closed().get(20, TimeUnit.SECONDS)).isEqualTo(closed.reason());
		assertThat(client.emit("chat", "say", "too late")).isFalse();
	}

	@Test
	void triesAgainWhenRefusedIfToldTo() throws Exception {
		dial((builder) -> builder.reconnect(QUICK.retryRefused(true)));
		this.refused = "everybody";
		this.sides.line().cut();
		next(Reconnecting.class);
		assertThat(next(Reconnecting.class).failure()).hasMessage("not today");
		this.refused = "";
		eventually(Reconnected.class);
	}

	@Test
	void statusOfARefusalIsOneToo() throws Exception {
		dial();
		this.sides.line().refuseWith(403);
		this.sides.line().cut();
		assertThat(eventually(ClientClosed.class).failure()).hasCauseInstanceOf(DialException.class);
	}

	@Test
	void otherStatusIsNot() throws Exception {
		dial();
		this.sides.line().refuseWith(503);
		this.sides.line().cut();
		next(Reconnecting.class);
		assertThat(next(Reconnecting.class).failure()).hasMessageContaining("503");
		this.sides.line().refuseWith(0);
		eventually(Reconnected.class);
	}

	@Test
	void givesUpAfterSoManyAttempts() throws Exception {
		NeffosClient client = dial(
				(builder) -> builder.reconnect(QUICK.giveUp(2, Duration.ZERO)).bufferWhileReconnecting(5));
		this.sides.line().down(true);
		this.sides.line().cut();
		assertThat(next(Reconnecting.class).attempt()).isEqualTo(1);
		assertThat(next(Reconnecting.class).attempt()).isEqualTo(2);
		ClientClosed closed = next(ClientClosed.class);
		assertThat(closed.failure()).hasMessageContaining("Connection refused");
		assertThat(client.closed().get(20, TimeUnit.SECONDS)).isEqualTo(closed.reason());
	}

	@Test
	void givesUpAfterSomeTime() throws Exception {
		dial((builder) -> builder.reconnect(QUICK.giveUp(0, Duration.ofMillis(50))));
		this.sides.line().down(true);
		this.sides.line().cut();
		eventually(ClientClosed.class);
	}

	@Test
	void doesNotComeBackAfterItsOwnClose() throws Exception {
		NeffosClient client = dial();
		client.close();
		ClientClosed closed = next(ClientClosed.class);
		assertThat(closed.failure()).isNull();
		assertThat(closed.reason().code()).isEqualTo(CloseReason.NORMAL);
		client.closed().get(20, TimeUnit.SECONDS);
		await().untilAsserted(() -> assertThat(this.sides.server().server().connectionCount()).isZero());
	}

	@Test
	void doesNotComeBackWhenTheApplicationClosesTheConnection() throws Exception {
		NeffosClient client = dial();
		client.conn().close(4999, "enough");
		assertThat(next(ClientClosed.class).reason()).isEqualTo(new CloseReason(4999, "enough"));
		assertThat(client.closed().get(20, TimeUnit.SECONDS).code()).isEqualTo(4999);
	}

	@Test
	void doesNotComeBackAfterACloseCodeThatSaysSo() throws Exception {
		NeffosClient client = dial();
		this.sides.onServer(client).close(4001, "kicked");
		assertThat(next(ClientClosed.class).reason()).isEqualTo(new CloseReason(4001, "kicked"));
	}

	@Test
	void comesBackAfterOtherCloseCodes() throws Exception {
		NeffosClient client = dial();
		this.sides.onServer(client).close(1012, "restart");
		assertThat(next(Reconnecting.class).lost()).isEqualTo(new CloseReason(1012, "restart"));
		next(Reconnected.class);
	}

	@Test
	void doesNotComeBackWhereThePolicySaysNever() throws Exception {
		dial((builder) -> builder.reconnect(ReconnectPolicy.NEVER));
		this.sides.line().cut();
		assertThat(next(ClientClosed.class).failure()).isNull();
	}

	@Test
	void closeEndsTheAttempts() throws Exception {
		NeffosClient client = dial((builder) -> builder.bufferWhileReconnecting(5));
		client.connect("chat");
		this.sides.line().down(true);
		this.sides.line().cut();
		next(Reconnecting.class);
		client.emit("chat", "say", "never sent");
		client.close();
		ClientClosed closed = eventually(ClientClosed.class);
		assertThat(closed.undelivered()).extracting(Message::text).containsExactly("never sent");
		client.closed().get(20, TimeUnit.SECONDS);
		this.sides.line().down(false);
		assertThat(this.events).isEmpty();
	}

	@Test
	void lossDuringTheRestorationIsRestoredNextTime() throws Exception {
		NeffosClient client = dial();
		NSConn chat = client.connect("chat");
		chat.joinRoom("a");
		chat.joinRoom("b");
		client.connect("news").joinRoom("x");
		AtomicBoolean once = new AtomicBoolean(true);
		this.sides.line().onWrite((frame) -> {
			if (frame.contains("chat;b;_OnRoomJoin") && once.getAndSet(false)) {
				this.sides.line().cut();
			}
		});
		this.sides.line().cut();
		Reconnected back = eventually(Reconnected.class);
		assertThat(once).isFalse();
		assertThat(back.attempts()).isEqualTo(2);
		assertThat(back.restored()).containsExactly(new Place("chat", ""), new Place("chat", "a"),
				new Place("chat", "b"), new Place("news", ""), new Place("news", "x"));
	}

}
