package io.neffos.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.neffos.AskTimeoutException;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.RoomInfo;
import io.neffos.SystemEvents;
import io.neffos.test.NeffosTester;
import io.neffos.test.TestConn;
import io.neffos.test.TestNamespace;
import io.neffos.test.TestRoom;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The page on rooms of the original's manual, statement by statement, in the order of the
 * page. The table in the README names these tests. Where it matters when a client
 * answers, or in which order frames come, the client speaks the wire.
 */
class WikiRoomsTests {

	private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

	private final TestServer server = TestServer
		.of((namespaces) -> namespaces.namespace("chat", (events) -> events.on(SystemEvents.ROOM_JOIN, (ns, msg) -> {
			this.log.add(msg.event());
			if (msg.room().equals("vip")) {
				throw new RefusedException("vip room is restricted");
			}
		})
			.on(SystemEvents.ROOM_JOINED, (ns, msg) -> this.log.add(msg.event()))
			.on(SystemEvents.ROOM_LEAVE, (ns, msg) -> {
				this.log.add(msg.event());
				if (msg.room().equals("sticky") && !msg.isForced()) {
					throw new RefusedException("stay");
				}
			})
			.on(SystemEvents.ROOM_LEFT, (ns, msg) -> this.log.add(msg.event()))
			.on("to all", (ns, msg) -> ns.room(msg.room()).emit("chat", "hi everyone"))
			.on("to others", (ns, msg) -> ns.broadcastOthers(Message.of("chat").room("lobby").body("hi"))))
			.namespace("other", (events) -> {
			}));

	private final NeffosTester tester = this.server.tester();

	@AfterEach
	void close() {
		this.tester.close();
		this.server.close();
	}

	private TestNamespace chat() {
		return this.tester.connect("chat");
	}

	/** Nothing more has arrived, from whichever server. */
	private void expectNoMore() {
		this.tester.settle();
		this.server.settle();
		this.tester.expectNoMore();
	}

	/** The server's side of a client. */
	private NSConn ns(TestNamespace client) {
		return this.server.connection(client.conn().id()).namespace("chat");
	}

	@Test
	void roomIsASubsetOfTheClientsInsideANamespace() {
		TestRoom in = chat().join("lobby");
		chat();
		this.server.server().namespace("chat").room("lobby").emit("chat", "x");
		in.expect("chat", "x");
		expectNoMore();
	}

	@Test
	void membersOfARoomCanBeListedAndCounted() {
		TestNamespace a = chat();
		TestNamespace b = chat();
		a.join("lobby");
		b.join("lobby");
		this.server.expectSize("chat", "lobby", 2);
		assertThat(this.server.members("chat", "lobby")).extracting((member) -> member.conn().id())
			.containsExactly(a.conn().id(), b.conn().id());
	}

	@Test
	void roomIsADynamicNamedGroupWithinASingleNamespace() {
		TestConn client = chat().join("lobby").namespace().conn();
		client.connect("other");
		this.server.expectSize("chat", "lobby", 1);
		this.server.expectSize("other", "lobby", 0);
		this.server.server().namespace("other").room("lobby").emit("chat", "x");
		expectNoMore();
	}

	@Test
	void namespacesAreDeclaredAndLiveAsLongAsTheServerWhileRoomsLiveAsLongAsTheLastMember() {
		assertThat(this.server.server().namespaces()).containsExactlyInAnyOrder("chat", "other");
		TestRoom lobby = chat().join("lobby");
		this.server.expectRooms("chat", "lobby");
		lobby.leave();
		this.server.expectRooms("chat");
		assertThat(this.server.server().namespaces()).containsExactlyInAnyOrder("chat", "other");
	}

	@Test
	void namespaceIsCreatedByConnectAndRoomByJoinRoom() {
		TestNamespace client = chat();
		assertThat(ns(client).conn().connect("other").namespace()).isEqualTo("other");
		assertThat(client.conn().expectConnect("other").isConnected()).isTrue();
		assertThat(ns(client).joinRoom("lobby").name()).isEqualTo("lobby");
		assertThat(client.expectJoin("lobby").isJoined()).isTrue();
	}

	@Test
	void roomBelongsToExactlyOneNSConn() {
		TestNamespace a = chat();
		TestNamespace b = chat();
		assertThat(ns(a).joinRoom("lobby").nsConn()).isSameAs(ns(a));
		assertThat(ns(b).joinRoom("lobby").nsConn()).isSameAs(ns(b));
		assertThat(ns(a).room("lobby")).isNotSameAs(ns(b).room("lobby"));
	}

	@Test
	void clientMustBeConnectedToTheNamespaceBeforeItJoins() {
		this.tester.dial().namespace("chat").expectRefusedJoin("lobby", "bad namespace");
		assertThat(this.log).isEmpty();
	}

	@Test
	void joinRoomTakesADeadline() {
		WireClient client = this.server.client("chat");
		assertThatExceptionOfType(AskTimeoutException.class)
			.isThrownBy(() -> client.on(this.server).namespace("chat").joinRoom("lobby", Duration.ofMillis(50)));
		this.server.expectRooms("chat");
	}

	@Test
	void handlersDenyAJoinByAnException() {
		chat().expectRefusedJoin("vip", "vip room is restricted");
		this.server.expectSize("chat", "vip", 0);
	}

	@Test
	void roomEmitReachesEveryMemberTheSenderIncluded() {
		TestRoom sender = chat().join("lobby");
		TestRoom other = chat().join("lobby");
		chat();
		sender.emit("to all", null).expect("chat", "hi everyone");
		other.expect("chat", "hi everyone");
		expectNoMore();
	}

	@Test
	void broadcastOthersLeavesTheSenderOutAndFillsInTheNamespace() {
		TestRoom sender = chat().join("lobby");
		TestRoom other = chat().join("lobby");
		sender.emit("to others", null);
		other.expect("chat", "hi");
		expectNoMore();
	}

	@Test
	void roomIsLookedUpByNameOrNull() {
		TestNamespace client = chat().join("lobby").namespace();
		assertThat(ns(client).room("lobby")).isNotNull();
		assertThat(ns(client).room("nowhere")).isNull();
	}

	@Test
	void roomsIsASnapshotThatIsSafeToIterate() {
		TestNamespace client = chat().join("a").namespace().join("b").namespace();
		List<Room> rooms = ns(client).rooms();
		client.room("a").leave();
		assertThat(rooms).extracting(Room::name).containsExactly("a", "b");
		assertThat(ns(client).rooms()).extracting(Room::name).containsExactly("b");
	}

	@Test
	void membersOfANamespaceCanBeListedAndAskedForTheirRooms() {
		TestNamespace in = chat().join("lobby").namespace();
		chat();
		assertThat(this.server.connections("chat")).hasSize(2)
			.filteredOn((member) -> member.room("lobby") != null)
			.extracting((member) -> member.conn().id())
			.containsExactly(in.conn().id());
	}

	@Test
	void roomIsLeft() {
		TestNamespace client = chat();
		ns(client).joinRoom("lobby").leave();
		client.expectLeave("lobby");
		assertThat(ns(client).rooms()).isEmpty();
	}

	@Test
	void leaveAllLeavesEachRoomInTurnAndFiresItsEvents() {
		WireClient client = this.server.client("chat").join("chat", "a").join("chat", "b").expectNothing();
		this.log.clear();
		CompletableFuture<Void> leaving = client.on(this.server).namespace("chat").leaveAllAsync();
		String first = client.next();
		assertThat(first).endsWith(";chat;a;_OnRoomLeave;0;0;");
		client.expectNothing();
		client.answer(first, "");
		String second = client.next();
		assertThat(second).endsWith(";chat;b;_OnRoomLeave;0;0;");
		client.answer(second, "");
		leaving.join();
		assertThat(this.log).containsExactly("_OnRoomLeave", "_OnRoomLeft", "_OnRoomLeave", "_OnRoomLeft");
	}

	@Test
	void leaveAllStopsAtTheFirstFailureAndReportsIt() {
		TestNamespace client = chat().join("sticky").namespace().join("b").namespace();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ns(client).leaveAll()).withMessage("stay");
		this.tester.settle();
		assertThat(client.rooms()).containsExactly("sticky", "b");
		assertThat(ns(client).rooms()).extracting(Room::name).containsExactly("sticky", "b");
	}

	@Test
	void acceptedJoinIsStoredThenAnsweredThenTold() {
		TestServer server = TestServer.of(
				(namespaces) -> namespaces
					.namespace(
							"chat", (
									events) -> events
										.on(SystemEvents.ROOM_JOIN,
												(ns, msg) -> this.log
													.add("join, member: " + (ns.room("lobby") != null)))
										.on(SystemEvents.ROOM_JOINED, (ns, msg) -> {
											this.log.add("joined, member: " + (ns.room("lobby") != null));
											ns.emit("welcome", "");
										})));
		try (server) {
			WireClient client = server.client("chat");
			client.say("$9;chat;lobby;_OnRoomJoin;0;0;").expect("$9;;;;;;").expect(";chat;;welcome;0;0;");
			assertThat(this.log).containsExactly("join, member: false", "joined, member: true");
		}
	}

	@Test
	void deniedJoinReachesTheAskerAsAnErrorAndFiresNothingElse() {
		TestNamespace client = chat().refuseJoin("lobby", "not today");
		CompletableFuture<Room> joining = ns(client).joinRoomAsync("lobby");
		assertThat(joining).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withCauseInstanceOf(RefusedException.class)
			.withMessageContaining("not today");
		assertThat(this.log).containsExactly("_OnRoomJoin");
		this.server.expectRooms("chat");
	}

	@Test
	void eitherSideRefusesALeaveItIsAskedFor() {
		TestNamespace client = chat();
		TestRoom sticky = client.join("sticky");
		sticky.expectRefusedLeave("stay");
		this.server.expectSize("chat", "sticky", 1);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ns(client).room("sticky").leave())
			.withMessage("stay");
		expectNoMore();
		assertThat(sticky.isJoined()).isTrue();
	}

}
