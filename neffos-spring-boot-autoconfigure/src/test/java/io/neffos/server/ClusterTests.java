package io.neffos.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Exclude;
import io.neffos.LocalRoomCreated;
import io.neffos.LocalRoomDestroyed;
import io.neffos.Message;
import io.neffos.RefusedException;
import io.neffos.RemoteConn;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.RoomInfo;
import io.neffos.RoomMember;
import io.neffos.Scope;
import io.neffos.ServerInfo;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.exchange.RecordingListener;
import io.neffos.exchange.StackExchange;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What three servers do as one, over whatever exchange. The clients a, b and c are on the
 * first, second and third of them.
 */
abstract class ClusterTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final List<Object> told = Collections.synchronizedList(new ArrayList<>());

	private TestServer test;

	private WireClient a;

	private WireClient b;

	private WireClient c;

	/** An exchange that reaches all others that are made in the same test. */
	abstract StackExchange exchange();

	@BeforeEach
	void open() {
		TestServer.inCluster(this::exchange);
		try {
			this.test = new TestServer(TestServer.namespaces((namespaces) -> namespaces
				.namespace("chat", (events) -> events.on(SystemEvents.ROOM_JOIN, (ns, message) -> {
					if (message.room().equals("closed")) {
						throw new RefusedException("closed today");
					}
				}).on("others", (ns, message) -> ns.broadcastOthers(message.event("other"))))
				.namespace("", (events) -> {
				})), TestServer.SETTINGS, (builder) -> builder.roomEvents(this.told::add));
		}
		finally {
			TestServer.inCluster(null);
		}
		this.a = this.test.client("chat");
		this.b = this.test.client("chat");
		this.c = this.test.client("chat");
	}

	@AfterEach
	void close() {
		this.test.close();
	}

	private DefaultNeffosServer first() {
		return this.test.server();
	}

	private void nothingMore() {
		this.a.expectNothing();
		this.b.expectNothing();
		this.c.expectNothing();
	}

	@Test
	void clientsAreOnDifferentServers() {
		assertThat(this.test.servers()).extracting((server) -> server.connections().size()).containsExactly(1, 1, 1);
	}

	@Test
	void roomsReachMembersOnEveryServerOnce() {
		this.a.join("chat", "lobby");
		this.b.join("chat", "lobby");
		first().namespace("chat").room("lobby").emit("tick", "1");
		this.a.expect(";chat;lobby;tick;0;0;1");
		this.b.expect(";chat;lobby;tick;0;0;1");
		this.test.servers().get(2).namespace("chat").room("lobby").emit("tick", "2");
		this.a.expect(";chat;lobby;tick;0;0;2");
		this.b.expect(";chat;lobby;tick;0;0;2");
		first().namespace("chat").emit("all", "3");
		this.c.expect(";chat;;all;0;0;3");
		this.a.expect(";chat;;all;0;0;3");
		this.b.expect(";chat;;all;0;0;3");
		nothingMore();
	}

	@Test
	void memberReachesMembersElsewhereWithAndWithoutItself() {
		this.a.join("chat", "lobby");
		this.b.join("chat", "lobby");
		this.a.say(";chat;lobby;hello;0;0;relayed");
		this.a.expect(";chat;lobby;hello;0;0;relayed");
		this.b.expect(";chat;lobby;hello;0;0;relayed");
		this.a.say(";chat;lobby;others;0;0;x");
		this.b.expect(";chat;lobby;other;0;0;x");
		nothingMore();
	}

	@Test
	void exclusionByIdAndOneReceiverWorkElsewhere() {
		first().namespace("chat").except(Exclude.ids(this.b.id())).emit("tick", "1");
		this.a.expect(";chat;;tick;0;0;1");
		this.c.expect(";chat;;tick;0;0;1");
		first().namespace("chat").to(this.c.id()).emit("tick", "2");
		this.c.expect(";chat;;tick;0;0;2");
		nothingMore();
	}

	@Test
	void bytesStayBytesAndNativeMessagesStayNative() {
		byte[] body = { 0, 1, (byte) 0xFF, ';', 7 };
		first().namespace("chat").to(this.b.id()).emitBinary("data", body);
		WireFrame frame = this.b.nextFrame();
		assertThat(frame.binary()).isTrue();
		assertThat(frame.bytes()).endsWith(body);
		this.b.connect("");
		first().broadcast(Message.nativeMessage("plain ; text"));
		this.b.expect("plain ; text");
		nothingMore();
	}

	@Test
	void onlyOneConnectionElsewhereIsAsked() {
		CompletableFuture<Message> asking = first().namespace("chat").to(this.b.id()).askAsync("who", "?");
		String question = this.b.next();
		assertThat(question).matches("\\d+;chat;;who;0;0;\\?");
		this.b.answer(question, "me");
		assertThat(asking.join().text()).isEqualTo("me");
		nothingMore();
	}

	@Test
	void firstAnswerCountsFromWhereverItComes() {
		CompletableFuture<Message> asking = first().namespace("chat").askAsync("who", "?");
		String toB = this.b.next();
		String toA = this.a.next();
		String toC = this.c.next();
		this.c.answer(toC, "c");
		assertThat(asking.join().text()).isEqualTo("c");
		this.a.answer(toA, "a");
		this.b.answer(toB, "b");
		nothingMore();
	}

	@Test
	void errorOfOneOfThoseWhoWereAskedIsTheAnswer() {
		CompletableFuture<Message> asking = first().namespace("chat").askAsync("who", "?");
		this.a.refuse(this.a.next(), "bad room");
		assertThatThrownBy(() -> asking.get(15, TimeUnit.SECONDS)).hasCauseInstanceOf(BadRoomException.class);
		assertThat(this.b.next()).contains(";who;");
		assertThat(this.c.next()).contains(";who;");
		this.test.expectNoTimers();
	}

	@Test
	void refusalElsewhereIsAnAnswerAndSilenceIsNone() {
		CompletableFuture<Message> asking = first().namespace("chat").to(this.c.id()).askAsync("who", "?");
		this.c.refuse(this.c.next(), "not telling");
		assertThatThrownBy(asking::join).hasCauseInstanceOf(RefusedException.class).hasMessageContaining("not telling");
		assertThatThrownBy(() -> first().namespace("chat").to(this.c.id()).ask("who", "?", Duration.ofMillis(300)))
			.isInstanceOf(AskTimeoutException.class);
		assertThatThrownBy(() -> first().namespace("chat").room("empty").ask("who", "?"))
			.isInstanceOf(WriteClosedException.class);
		assertThatThrownBy(() -> first().namespace("chat").to("nobody").ask("who", "?"))
			.isInstanceOf(WriteClosedException.class);
	}

	@Test
	void connectionElsewhereJoinsAndLeavesByOrder() throws Exception {
		RemoteConn remote = first().remote(this.b.id());
		CompletableFuture<?> joining = remote.joinRoomAsync("chat", "den", SOON);
		this.b.answer(this.b.next(), "");
		joining.get(20, TimeUnit.SECONDS);
		first().namespace("chat").room("den").emit("tick", "1");
		this.b.expect(";chat;den;tick;0;0;1");
		CompletableFuture<?> leaving = remote.leaveRoomAsync("chat", "den", SOON);
		this.b.answer(this.b.next(), "");
		leaving.get(20, TimeUnit.SECONDS);
		assertThat(this.b.on(this.test).namespace("chat").rooms()).isEmpty();
	}

	@Test
	void outcomeOfAnOrderElsewhereComesBack() {
		RemoteConn remote = first().remote(this.b.id());
		assertThatThrownBy(() -> remote.joinRoom("chat", "closed", SOON)).isInstanceOf(RefusedException.class)
			.hasMessage("closed today");
		assertThatThrownBy(() -> remote.leaveRoom("chat", "den", SOON)).isInstanceOf(BadRoomException.class);
		assertThatThrownBy(() -> remote.joinRoom("", "den", SOON)).isInstanceOf(BadNamespaceException.class);
		CompletableFuture<?> refused = remote.joinRoomAsync("chat", "den", SOON);
		this.b.refuse(this.b.next(), "not me");
		assertThatThrownBy(refused::join).hasCauseInstanceOf(RefusedException.class).hasMessageContaining("not me");
		assertThatThrownBy(() -> remote.joinRoom("chat", "den", Duration.ofMillis(300)))
			.isInstanceOf(AskTimeoutException.class);
		assertThatThrownBy(() -> first().remote("nobody").close(4000, "", SOON))
			.isInstanceOf(WriteClosedException.class);
	}

	@Test
	void connectionElsewhereIsConnectedDisconnectedAndClosed() throws Exception {
		RemoteConn remote = first().remote(this.c.id());
		CompletableFuture<?> disconnecting = remote.disconnectAsync("chat", SOON);
		this.c.answer(this.c.next(), "");
		disconnecting.get(20, TimeUnit.SECONDS);
		CompletableFuture<?> connecting = remote.connectAsync("chat", SOON);
		this.c.answer(this.c.next(), "");
		connecting.get(20, TimeUnit.SECONDS);
		remote.close(4001, "enough", SOON);
		assertThat(this.c.closed().code()).isEqualTo(4001);
		await().untilAsserted(() -> assertThat(first().connectionCount()).isEqualTo(2));
	}

	@Test
	void countsAreThoseOfTheClusterAndOfEachServer() {
		this.a.join("chat", "lobby");
		this.b.join("chat", "lobby").join("chat", "den");
		for (DefaultNeffosServer server : this.test.servers()) {
			await().untilAsserted(() -> {
				assertThat(server.rooms("chat")).extracting(RoomInfo::name).containsExactlyInAnyOrder("lobby", "den");
				assertThat(server.roomCount("chat")).isEqualTo(2);
				assertThat(server.room("chat", "lobby").size()).isEqualTo(2);
				assertThat(server.connectionCount()).isEqualTo(3);
				assertThat(server.connectionCount("chat")).isEqualTo(3);
				assertThat(server.servers()).hasSize(3).filteredOn(ServerInfo::self).hasSize(1);
			});
		}
		assertThat(first().rooms("chat", Scope.LOCAL)).extracting(RoomInfo::name).containsExactly("lobby");
		assertThat(first().room("chat", "lobby", Scope.LOCAL).size()).isOne();
		assertThat(first().room("chat", "den", Scope.LOCAL)).isNull();
		assertThat(first().connectionCount(Scope.LOCAL)).isOne();
		assertThat(this.test.servers().get(2).room("chat", "lobby").allMembers()).extracting(RoomMember::id)
			.containsExactlyInAnyOrder(this.a.id(), this.b.id());
		this.b.leave("chat", "den").leave("chat", "lobby");
		this.a.leave("chat", "lobby");
		for (DefaultNeffosServer server : this.test.servers()) {
			await().untilAsserted(() -> assertThat(server.rooms("chat")).isEmpty());
		}
	}

	@Test
	void whoseJoinWasAnsweredGetsWhatIsSentAfterwards() {
		for (int i = 0; i < 100; i++) {
			String room = "r" + (i % 3);
			this.b.join("chat", room);
			first().namespace("chat").room(room).emit("tick", "" + i);
			this.b.expect(";chat;" + room + ";tick;0;0;" + i);
			this.b.leave("chat", room);
		}
		nothingMore();
	}

	@Test
	void namesThatLookLikePatternsReachNobodyElse() {
		List<String> names = List.of("*", ">", "a.*", "a", "a.b", "a b", "=2A", "%2A", "a:b", "ä", "a=2Eb",
				"x".repeat(200), "x".repeat(201));
		names.forEach((name) -> this.b.join("chat", name));
		for (String name : names) {
			first().namespace("chat").room(name).emit("tick", name);
			this.b.expect(";chat;" + name + ";tick;0;0;" + name);
		}
		first().namespace("chat").room("b").emit("tick", "nobody");
		nothingMore();
	}

	@Test
	void messagesOfOneServerKeepTheirOrder() {
		this.b.join("chat", "lobby");
		for (int i = 0; i < 500; i++) {
			first().namespace("chat").room("lobby").emit("tick", "" + i);
		}
		for (int i = 0; i < 500; i++) {
			this.b.expect(";chat;lobby;tick;0;0;" + i);
		}
	}

	@Test
	void roomsAreBornAndDieOnceInTheClusterAndOnEachServer() {
		this.a.join("chat", "lobby");
		await().untilAsserted(() -> assertThat(this.told).contains(new RoomCreated("chat", "lobby")));
		this.b.join("chat", "lobby");
		this.a.leave("chat", "lobby");
		await().untilAsserted(() -> assertThat(this.told).contains(new LocalRoomDestroyed("chat", "lobby")));
		await().untilAsserted(() -> assertThat(first().room("chat", "lobby").size()).isOne());
		this.b.leave("chat", "lobby");
		await().untilAsserted(() -> assertThat(this.told).contains(new RoomDestroyed("chat", "lobby")));
		assertThat(this.told).filteredOn((event) -> event instanceof RoomCreated || event instanceof RoomDestroyed)
			.containsExactly(new RoomCreated("chat", "lobby"), new RoomDestroyed("chat", "lobby"));
		assertThat(this.told).filteredOn((event) -> event instanceof LocalRoomCreated).hasSize(2);
		assertThat(this.told).filteredOn((event) -> event instanceof LocalRoomDestroyed).hasSize(2);
	}

	@Test
	void serverThatStopsIsGoneAtOnceWithAllThatItHad() {
		this.c.join("chat", "lobby");
		await().untilAsserted(() -> assertThat(first().room("chat", "lobby")).isNotNull());
		this.test.servers().get(2).close();
		await().untilAsserted(() -> {
			assertThat(first().servers()).hasSize(2);
			assertThat(first().rooms("chat")).isEmpty();
			assertThat(first().connectionCount()).isEqualTo(2);
		});
	}

	@Test
	void nothingIsLeftOfRoomsThatAreGone() {
		int before = first().clusterStats().subscriptions();
		this.a.join("chat", "x").join("chat", "y").leave("chat", "x").leave("chat", "y");
		await().untilAsserted(() -> assertThat(first().clusterStats().subscriptions()).isEqualTo(before));
		assertThat(this.test.servers()).allSatisfy((server) -> {
			assertThat(server.clusterStats().ignored()).isZero();
			assertThat(server.clusterStats().refused()).isZero();
		});
	}

	@Test
	void messageOfAStrangerIsIgnored() {
		StackExchange stranger = exchange();
		stranger.start(new RecordingListener());
		String channel = "test" + TestServer.prefixes() + ".all";
		for (byte[] message : Set.of(new byte[0], new byte[] { 9, 9, 9 }, new byte[] { 1, 1, 1, 'x', 0, 127, 127, 127 },
				"nonsense".getBytes(StandardCharsets.UTF_8))) {
			stranger.publish(channel, message);
		}
		await().untilAsserted(() -> assertThat(first().clusterStats().ignored()).isEqualTo(4));
		first().namespace("chat").emit("still", "there");
		this.b.expect(";chat;;still;0;0;there");
		stranger.close();
	}

}
