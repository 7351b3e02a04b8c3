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
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The page on rooms of the original's manual, statement by statement, in the order of the
 * page. The table in the README names these tests.
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

	@AfterEach
	void close() {
		this.server.close();
	}

	private NSConn ns(WireClient client) {
		return client.on(this.server).namespace("chat");
	}

	private Room join(WireClient client, String room) {
		CompletableFuture<Room> joining = ns(client).joinRoomAsync(room);
		client.answer(client.next(), "");
		return joining.join();
	}

	@Test
	void roomIsASubsetOfTheClientsInsideANamespace() {
		WireClient in = this.server.client("chat").join("chat", "lobby");
		WireClient out = this.server.client("chat");
		this.server.server().namespace("chat").room("lobby").emit("chat", "x");
		in.expect(";chat;lobby;chat;0;0;x");
		out.expectNothing();
	}

	@Test
	void membersOfARoomCanBeListedAndCounted() {
		WireClient a = this.server.client("chat").join("chat", "lobby");
		WireClient b = this.server.client("chat").join("chat", "lobby");
		RoomInfo room = this.server.server().room("chat", "lobby");
		assertThat(room.size()).isEqualTo(2);
		assertThat(room.members()).extracting((member) -> member.conn().id()).containsExactly(a.id(), b.id());
	}

	@Test
	void roomIsADynamicNamedGroupWithinASingleNamespace() {
		WireClient client = this.server.client("chat", "other").join("chat", "lobby");
		assertThat(this.server.server().room("chat", "lobby")).isNotNull();
		assertThat(this.server.server().room("other", "lobby")).isNull();
		this.server.server().namespace("other").room("lobby").emit("chat", "x");
		client.expectNothing();
	}

	@Test
	void namespacesAreDeclaredAndLiveAsLongAsTheServerWhileRoomsLiveAsLongAsTheLastMember() {
		assertThat(this.server.server().namespaces()).containsExactlyInAnyOrder("chat", "other");
		WireClient client = this.server.client("chat").join("chat", "lobby");
		assertThat(this.server.server().rooms("chat")).extracting(RoomInfo::name).containsExactly("lobby");
		client.leave("chat", "lobby");
		assertThat(this.server.server().rooms("chat")).isEmpty();
		assertThat(this.server.server().namespaces()).containsExactlyInAnyOrder("chat", "other");
	}

	@Test
	void namespaceIsCreatedByConnectAndRoomByJoinRoom() {
		WireClient client = this.server.client("chat");
		CompletableFuture<NSConn> connecting = client.on(this.server).connectAsync("other");
		client.answer(client.next(), "");
		assertThat(connecting.join().namespace()).isEqualTo("other");
		assertThat(join(client, "lobby").name()).isEqualTo("lobby");
	}

	@Test
	void roomBelongsToExactlyOneNSConn() {
		WireClient a = this.server.client("chat");
		WireClient b = this.server.client("chat");
		assertThat(join(a, "lobby").nsConn()).isSameAs(ns(a));
		assertThat(join(b, "lobby").nsConn()).isSameAs(ns(b));
		assertThat(ns(a).room("lobby")).isNotSameAs(ns(b).room("lobby"));
	}

	@Test
	void clientMustBeConnectedToTheNamespaceBeforeItJoins() {
		WireClient client = this.server.open().ack();
		client.say("$9;chat;lobby;_OnRoomJoin;0;0;").expect("$9;chat;lobby;_OnRoomJoin;1;0;bad namespace");
		assertThat(this.log).isEmpty();
	}

	@Test
	void joinRoomTakesADeadline() {
		WireClient client = this.server.client("chat");
		assertThatExceptionOfType(AskTimeoutException.class)
			.isThrownBy(() -> ns(client).joinRoom("lobby", Duration.ofMillis(50)));
		assertThat(this.server.server().rooms("chat")).isEmpty();
	}

	@Test
	void handlersDenyAJoinByAnException() {
		WireClient client = this.server.client("chat");
		client.say("$9;chat;vip;_OnRoomJoin;0;0;").expect("$9;chat;vip;_OnRoomJoin;1;0;vip room is restricted");
		assertThat(this.server.server().room("chat", "vip")).isNull();
	}

	@Test
	void roomEmitReachesEveryMemberTheSenderIncluded() {
		WireClient sender = this.server.client("chat").join("chat", "lobby");
		WireClient other = this.server.client("chat").join("chat", "lobby");
		WireClient outside = this.server.client("chat");
		sender.say(";chat;lobby;to all;0;0;").expect(";chat;lobby;chat;0;0;hi everyone");
		other.expect(";chat;lobby;chat;0;0;hi everyone");
		outside.expectNothing();
	}

	@Test
	void broadcastOthersLeavesTheSenderOutAndFillsInTheNamespace() {
		WireClient sender = this.server.client("chat").join("chat", "lobby");
		WireClient other = this.server.client("chat").join("chat", "lobby");
		sender.say(";chat;lobby;to others;0;0;").expectNothing();
		other.expect(";chat;lobby;chat;0;0;hi");
	}

	@Test
	void roomIsLookedUpByNameOrNull() {
		WireClient client = this.server.client("chat").join("chat", "lobby");
		assertThat(ns(client).room("lobby")).isNotNull();
		assertThat(ns(client).room("nowhere")).isNull();
	}

	@Test
	void roomsIsASnapshotThatIsSafeToIterate() {
		WireClient client = this.server.client("chat").join("chat", "a").join("chat", "b");
		List<Room> rooms = ns(client).rooms();
		client.leave("chat", "a");
		assertThat(rooms).extracting(Room::name).containsExactly("a", "b");
		assertThat(ns(client).rooms()).extracting(Room::name).containsExactly("b");
	}

	@Test
	void membersOfANamespaceCanBeListedAndAskedForTheirRooms() {
		WireClient in = this.server.client("chat").join("chat", "lobby");
		this.server.client("chat");
		assertThat(this.server.server().connections("chat")).hasSize(2)
			.filteredOn((member) -> member.room("lobby") != null)
			.extracting((member) -> member.conn().id())
			.containsExactly(in.id());
	}

	@Test
	void roomIsLeft() {
		WireClient client = this.server.client("chat");
		Room room = join(client, "lobby");
		CompletableFuture<Void> leaving = room.leaveAsync();
		client.answer(client.next(), "");
		leaving.join();
		assertThat(ns(client).rooms()).isEmpty();
	}

	@Test
	void leaveAllLeavesEachRoomInTurnAndFiresItsEvents() {
		WireClient client = this.server.client("chat").join("chat", "a").join("chat", "b").expectNothing();
		this.log.clear();
		CompletableFuture<Void> leaving = ns(client).leaveAllAsync();
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
		WireClient client = this.server.client("chat").join("chat", "sticky").join("chat", "b").expectNothing();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ns(client).leaveAll()).withMessage("stay");
		client.expectNothing();
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
		WireClient client = this.server.client("chat");
		CompletableFuture<Room> joining = ns(client).joinRoomAsync("lobby");
		client.refuse(client.next(), "not today");
		assertThat(joining).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withCauseInstanceOf(RefusedException.class)
			.withMessageContaining("not today");
		assertThat(this.log).containsExactly("_OnRoomJoin");
		assertThat(this.server.server().rooms("chat")).isEmpty();
	}

	@Test
	void eitherSideRefusesALeaveItIsAskedFor() {
		WireClient client = this.server.client("chat").join("chat", "sticky");
		client.say("$9;chat;sticky;_OnRoomLeave;0;0;").expect("$9;chat;sticky;_OnRoomLeave;1;0;stay");
		assertThat(this.server.server().room("chat", "sticky").size()).isOne();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ns(client).room("sticky").leave())
			.withMessage("stay");
		client.expectNothing();
	}

}
