package io.neffos.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.neffos.AskTimeoutException;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.Leftovers;
import io.neffos.testkit.WireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A server that does not answer: what the client's caller is told, what the client tells
 * the server, and what becomes of an answer that comes later.
 */
class ClientTimeoutTests {

	private static final Duration SHORT = Duration.ofMillis(30);

	private final EventLog log = new EventLog();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final WireServer server = new WireServer();

	private final NeffosClient client = this.server.dial(Namespaces.builder().namespace("chat", this::chat).build(),
			(builder) -> builder.timer(this.timer).askTimeout(SHORT));

	private void chat(Events.Builder events) {
		this.timer.setRemoveOnCancelPolicy(true);
		this.log.system(events).on("say", (ns, msg) -> this.log.add("said " + msg.error()));
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
		this.timer.shutdownNow();
	}

	private NSConn connect() {
		CompletableFuture<NSConn> connecting = this.client.conn().connectAsync("chat", Duration.ofSeconds(20));
		this.server.accept("chat;;_OnNamespaceConnect");
		return connecting.join();
	}

	private Room join(NSConn chat) {
		CompletableFuture<Room> joining = chat.joinRoomAsync("lobby", Duration.ofSeconds(20));
		this.server.accept("chat;lobby;_OnRoomJoin");
		return joining.join();
	}

	private String request(String expected) {
		String request = this.server.next();
		assertThat(request).matches("\\$\\d+;" + expected + ";0;0;");
		return request;
	}

	private void expectNothingLeft() {
		this.server.expectNothing();
		Leftovers.none(this.client.conn());
		await().atMost(Duration.ofSeconds(5)).until(() -> this.timer.getQueue().isEmpty());
	}

	@Test
	void connectIsTakenBack() {
		assertThatExceptionOfType(AskTimeoutException.class).isThrownBy(() -> this.client.connect("chat"));
		String request = request("chat;;_OnNamespaceConnect");
		String undo = request("chat;;_OnNamespaceDisconnect");
		this.server.answer(request).answer(undo);
		expectNothingLeft();
		assertThat(this.client.conn().namespaces()).isEmpty();
		this.log.saw("NamespaceConnect+");
		connect();
		this.log.awaits("NamespaceConnect+", "NamespaceConnect+", "NamespaceConnected+");
	}

	@Test
	void joinIsTakenBack() {
		NSConn chat = connect();
		this.log.clear();
		assertThatExceptionOfType(AskTimeoutException.class).isThrownBy(() -> chat.joinRoom("lobby"));
		String request = request("chat;lobby;_OnRoomJoin");
		String undo = request("chat;lobby;_OnRoomLeave");
		this.server.answer(request).answer(undo);
		expectNothingLeft();
		assertThat(chat.rooms()).isEmpty();
		this.log.saw("RoomJoin lobby+");
		join(chat);
		assertThat(chat.rooms()).hasSize(1);
	}

	@Test
	void leaveKeepsTheRoom() {
		NSConn chat = connect();
		Room lobby = join(chat);
		this.log.clear();
		assertThatExceptionOfType(AskTimeoutException.class).isThrownBy(() -> lobby.leave(SHORT));
		String request = request("chat;lobby;_OnRoomLeave");
		this.server.answer(request);
		expectNothingLeft();
		assertThat(chat.room("lobby")).isSameAs(lobby);
		this.log.saw("RoomLeave lobby+");
		// The server may have left: it says yes to a second request, too.
		CompletableFuture<?> leaving = lobby.leaveAsync(Duration.ofSeconds(20));
		this.server.accept("chat;lobby;_OnRoomLeave");
		leaving.join();
		this.log.saw("RoomLeave lobby+", "RoomLeave lobby+", "RoomLeft lobby+");
	}

	@Test
	void disconnectKeepsTheNamespace() {
		NSConn chat = connect();
		Room lobby = join(chat);
		this.log.clear();
		assertThatExceptionOfType(AskTimeoutException.class).isThrownBy(chat::disconnect);
		String request = request("chat;;_OnNamespaceDisconnect");
		this.server.answer(request);
		expectNothingLeft();
		assertThat(this.client.namespace("chat")).isSameAs(chat);
		assertThat(chat.room("lobby")).isSameAs(lobby);
		this.log.saw();
	}

	@Test
	void leaveAllStopsAtASilence() {
		NSConn chat = connect();
		join(chat);
		assertThatExceptionOfType(AskTimeoutException.class).isThrownBy(chat::leaveAll);
		request("chat;lobby;_OnRoomLeave");
		expectNothingLeft();
		assertThat(chat.rooms()).hasSize(1);
	}

	@Test
	void lateAndSecondAnswersReachNobody() {
		NSConn chat = connect();
		this.log.clear();
		assertThatExceptionOfType(AskTimeoutException.class).isThrownBy(() -> chat.ask("say", "?"))
			.withMessage("No answer to say from connection c1 within 30 ms");
		String asked = this.server.next();
		String token = asked.substring(0, asked.indexOf(';'));
		this.server.say(token + ";chat;;say;0;0;late").say(token + ";chat;;say;1;0;late");
		var second = chat.conn().askAsync(Message.of("say", "?").namespace("chat"), Duration.ofSeconds(20));
		asked = this.server.next();
		token = asked.substring(0, asked.indexOf(';'));
		this.server.say(token + ";chat;;say;0;0;yes").say(token + ";chat;;say;0;0;again");
		assertThat(second.join().text()).isEqualTo("yes");
		expectNothingLeft();
		this.log.saw();
	}

	@Test
	void errorFramesReachHandlersAndAreNotAnswered() {
		connect();
		this.log.clear();
		this.server.say(";chat;;say;1;0;text").say("77;chat;;say;1;0;text").say("78;chat;;unheard;1;0;text");
		this.server.say("79;news;;say;1;0;text");
		expectNothingLeft();
		this.log.saw("said text", "said text");
	}

	@Test
	void pastTenseFromTheServerIsIgnored() {
		connect();
		this.log.clear();
		for (String event : new String[] { SystemEvents.NAMESPACE_CONNECTED, SystemEvents.ROOM_JOINED,
				SystemEvents.ROOM_LEFT }) {
			this.server.say(";chat;lobby;" + event + ";0;0;").say("77;chat;lobby;" + event + ";0;0;");
		}
		// Requests without a token, or no-ops, are none.
		this.server.say(";chat;lobby;_OnRoomJoin;0;0;").say("77;chat;lobby;_OnRoomJoin;0;1;");
		this.server.say(";chat;;_OnNamespaceDisconnect;0;0;").say("77;chat;;_OnNamespaceDisconnect;0;1;");
		expectNothingLeft();
		this.log.saw();
		assertThat(this.client.namespace("chat").rooms()).isEmpty();
	}

	@Test
	void ordersForWhatIsNotThereAreConfirmed() {
		this.server.say("5;chat;;_OnNamespaceDisconnect;0;0;");
		assertThat(this.server.next()).isEqualTo("5;;;;;;");
		this.server.say("6;chat;lobby;_OnRoomLeave;0;0;");
		assertThat(this.server.next()).isEqualTo("6;;;;;;");
		this.server.say("7;chat;lobby;_OnRoomJoin;0;0;");
		assertThat(this.server.next()).isEqualTo("7;chat;lobby;_OnRoomJoin;1;0;bad namespace");
		this.server.say("8;chat;;say;0;0;");
		assertThat(this.server.next()).isEqualTo("8;chat;;say;1;0;bad namespace");
		this.log.saw();
		expectNothingLeft();
	}

}
