package io.neffos.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.neffos.Events;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.WireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server may send events of a room before it answers the join (protocol section 7.6).
 */
class EventsBeforeJoinTests {

	private final EventLog log = new EventLog();

	private final WireServer server = new WireServer();

	private final NeffosClient client = this.server.dial(Namespaces.builder().namespace("chat", this::chat).build());

	private void chat(Events.Builder events) {
		events.on(SystemEvents.ROOM_JOINED, this.log::event)
			.on("said",
					(ns, msg) -> this.log
						.add(msg.text() + ((ns.room(msg.room()) != null) ? " in " : " not in ") + msg.room()))
			.onAsk("question", (ns, msg) -> {
				this.log.add("asked " + msg.text());
				return "answer";
			});
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
	}

	private NSConn connect() {
		CompletableFuture<NSConn> chat = this.client.connectAsync("chat");
		this.server.accept("chat;;_OnNamespaceConnect");
		return chat.join();
	}

	@Test
	void eventsWaitUntilTheRoomIsJoined() throws Exception {
		NSConn chat = connect();
		CompletableFuture<Room> joined = chat.joinRoomAsync("a");
		String request = this.server.next();
		this.server.say(";chat;a;said;0;0;1").say(";chat;;said;0;0;2").say(";chat;a;said;0;0;3");
		this.server.answer(request);
		joined.get(20, TimeUnit.SECONDS);
		this.log.awaits("RoomJoined a+", "1 in a", "2 not in ", "3 in a");
	}

	@Test
	void eventsAreDeliveredWhenTheJoinIsRefused() throws Exception {
		NSConn chat = connect();
		CompletableFuture<Room> joined = chat.joinRoomAsync("a");
		String request = this.server.next();
		this.server.say(";chat;a;said;0;0;1");
		this.server.refuse(request, "no");
		assertThat(joined.handle((room, failure) -> failure).get(20, TimeUnit.SECONDS)).hasRootCauseMessage("no");
		this.log.awaits("1 not in a");
	}

	@Test
	void aServerThatAsksBeforeItAnswersTheJoinIsAnswered() throws Exception {
		NSConn chat = connect();
		CompletableFuture<Room> joined = chat.joinRoomAsync("a");
		String request = this.server.next();
		this.server.say(";chat;a;said;0;0;1").say("77;chat;a;question;0;0;2");
		assertThat(this.server.next()).isEqualTo("77;chat;a;question;0;0;answer");
		this.log.saw("1 not in a", "asked 2");
		this.server.answer(request);
		joined.get(20, TimeUnit.SECONDS);
	}

}
