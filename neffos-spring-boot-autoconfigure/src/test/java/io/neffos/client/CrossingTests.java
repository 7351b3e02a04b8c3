package io.neffos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.Tap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Both sides ask for the same thing at once, so that the requests cross, and the answers
 * too (protocol section 7.3).
 */
class CrossingTests {

	private final EventLog serverLog = new EventLog();

	private final EventLog clientLog = new EventLog();

	/** What the server refuses when the client asks. */
	private volatile String refused = "";

	private final BothSides sides = new BothSides((builder) -> declare(builder, this.serverLog),
			(builder) -> declare(builder, this.clientLog));

	private final Tap tap = new Tap(this.sides.line());

	private final BlockingQueue<String> held = new LinkedBlockingQueue<>();

	private final NeffosClient client = this.sides.dial((builder) -> builder.dialer(this.tap));

	private final Conn onServer = this.sides.onServer(this.client);

	private void declare(Namespaces.Builder builder, EventLog log) {
		builder.namespace("side", (events) -> {
		}).namespace("chat", (events) -> {
			for (String event : List.of(SystemEvents.NAMESPACE_CONNECT, SystemEvents.NAMESPACE_CONNECTED,
					SystemEvents.NAMESPACE_DISCONNECT, SystemEvents.ROOM_JOINED, SystemEvents.ROOM_LEAVE,
					SystemEvents.ROOM_LEFT)) {
				events.on(event, log::event);
			}
			events.on(SystemEvents.ROOM_JOIN, (ns, msg) -> {
				log.event(ns, msg);
				if (!ns.conn().isClient() && !msg.isLocal() && msg.room().equals(this.refused)) {
					throw new RefusedException("not you");
				}
			});
		});
	}

	@AfterEach
	void stop() {
		this.tap.swallow((frame) -> false);
		this.sides.close();
	}

	private void hold() {
		this.clientLog.clear();
		this.serverLog.clear();
		this.tap.swallow((frame) -> {
			this.held.add(frame);
			return true;
		});
	}

	/** Let two messages, one of each side, arrive after both were sent. */
	private List<String> cross() throws InterruptedException {
		List<String> frames = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			String frame = this.held.poll(20, TimeUnit.SECONDS);
			assertThat(frame).isNotNull();
			frames.add(frame);
		}
		assertThat(frames).extracting((frame) -> frame.substring(0, 3)).containsExactlyInAnyOrder("-->", "<--");
		frames.forEach(this.tap::inject);
		return frames;
	}

	private void settle() {
		this.tap.swallow((frame) -> false);
		this.sides.synchronize(this.client.connect("side"));
		assertThat(this.held).isEmpty();
		this.sides.expectNothingLeft(this.client);
	}

	private NSConn connected() {
		NSConn chat = this.client.connect("chat");
		this.sides.synchronize(chat);
		return chat;
	}

	@Test
	void connects() throws Exception {
		hold();
		CompletableFuture<NSConn> byClient = this.client.connectAsync("chat");
		CompletableFuture<NSConn> byServer = this.onServer.connectAsync("chat");
		cross();
		cross();
		assertThat(byClient.get(20, TimeUnit.SECONDS)).isSameAs(this.client.namespace("chat"));
		assertThat(byServer.get(20, TimeUnit.SECONDS)).isSameAs(this.onServer.namespace("chat"));
		settle();
		this.clientLog.saw("NamespaceConnect+", "NamespaceConnect", "NamespaceConnected");
		this.serverLog.saw("NamespaceConnect+", "NamespaceConnect", "NamespaceConnected");
		assertThat(this.sides.server().server().connections("chat")).hasSize(1);
	}

	@Test
	void joins() throws Exception {
		NSConn chat = connected();
		hold();
		CompletableFuture<Room> byClient = chat.joinRoomAsync("a");
		CompletableFuture<Room> byServer = this.sides.onServer(chat).joinRoomAsync("a");
		cross();
		cross();
		assertThat(byClient.get(20, TimeUnit.SECONDS)).isSameAs(chat.room("a"));
		assertThat(byServer.get(20, TimeUnit.SECONDS)).isSameAs(this.sides.onServer(chat).room("a"));
		settle();
		this.clientLog.saw("RoomJoin a+", "RoomJoin a", "RoomJoined a");
		this.serverLog.saw("RoomJoin a+", "RoomJoin a", "RoomJoined a");
		assertThat(this.sides.server().server().room("chat", "a").size()).isEqualTo(1);
	}

	@Test
	void joinsOfWhichOneIsRefused() throws Exception {
		NSConn chat = connected();
		this.refused = "a";
		hold();
		CompletableFuture<Room> byClient = chat.joinRoomAsync("a");
		CompletableFuture<Room> byServer = this.sides.onServer(chat).joinRoomAsync("a");
		cross();
		cross();
		assertThatThrownBy(() -> byClient.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(RefusedException.class)
			.hasRootCauseMessage("not you");
		assertThat(byServer.get(20, TimeUnit.SECONDS)).isSameAs(this.sides.onServer(chat).room("a"));
		settle();
		// The server wanted it itself, so both are in the room.
		assertThat(chat.room("a")).isNotNull();
		this.clientLog.saw("RoomJoin a+", "RoomJoin a", "RoomJoined a");
		this.serverLog.saw("RoomJoin a+", "RoomJoin a", "RoomJoined a+");
	}

	@Test
	void leaves() throws Exception {
		NSConn chat = connected();
		Room room = chat.joinRoom("a");
		this.sides.synchronize(chat);
		hold();
		CompletableFuture<?> byClient = room.leaveAsync();
		CompletableFuture<?> byServer = this.sides.onServer(chat).room("a").leaveAsync();
		cross();
		cross();
		byClient.get(20, TimeUnit.SECONDS);
		byServer.get(20, TimeUnit.SECONDS);
		settle();
		this.clientLog.saw("RoomLeave a+", "RoomLeave a", "RoomLeft a");
		this.serverLog.saw("RoomLeave a+", "RoomLeave a", "RoomLeft a");
		assertThat(chat.rooms()).isEmpty();
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
	}

	@Test
	void disconnects() throws Exception {
		NSConn chat = connected();
		chat.joinRoom("a");
		this.sides.synchronize(chat);
		hold();
		CompletableFuture<?> byClient = chat.disconnectAsync();
		CompletableFuture<?> byServer = this.sides.onServer(chat).disconnectAsync();
		cross();
		cross();
		byClient.get(20, TimeUnit.SECONDS);
		byServer.get(20, TimeUnit.SECONDS);
		settle();
		this.clientLog.saw("RoomLeave a!", "RoomLeft a!", "NamespaceDisconnect");
		this.serverLog.saw("NamespaceDisconnect", "RoomLeave a!", "RoomLeft a!");
		assertThat(this.client.namespace("chat")).isNull();
		assertThat(this.onServer.namespace("chat")).isNull();
		assertThat(this.sides.server().server().connections("chat")).isEmpty();
	}

	@Test
	void joinOfTheServerAndDisconnectOfTheClient() throws Exception {
		NSConn chat = connected();
		hold();
		CompletableFuture<?> byClient = chat.disconnectAsync();
		CompletableFuture<Room> byServer = this.sides.onServer(chat).joinRoomAsync("a");
		cross();
		cross();
		byClient.get(20, TimeUnit.SECONDS);
		assertThatThrownBy(() -> byServer.get(20, TimeUnit.SECONDS))
			.hasRootCauseMessage("Namespace 'chat' is not connected");
		settle();
		this.clientLog.saw("RoomJoin a", "RoomJoined a", "RoomLeave a+!", "RoomLeft a+!", "NamespaceDisconnect+");
		this.serverLog.saw("RoomJoin a+", "NamespaceDisconnect");
		assertThat(this.client.namespace("chat")).isNull();
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
	}

	@Test
	void joinOfTheClientAndDisconnectOfTheServer() throws Exception {
		NSConn chat = connected();
		hold();
		CompletableFuture<Room> byClient = chat.joinRoomAsync("a");
		CompletableFuture<?> byServer = this.sides.onServer(chat).disconnectAsync();
		cross();
		cross();
		byServer.get(20, TimeUnit.SECONDS);
		assertThatThrownBy(() -> byClient.get(20, TimeUnit.SECONDS))
			.hasRootCauseMessage("Namespace 'chat' is not connected");
		settle();
		this.clientLog.saw("RoomJoin a+", "NamespaceDisconnect");
		this.serverLog.saw("RoomJoin a", "RoomJoined a", "RoomLeave a+!", "RoomLeft a+!", "NamespaceDisconnect+");
		assertThat(this.client.namespace("chat")).isNull();
		assertThat(this.sides.server().server().rooms("chat")).isEmpty();
	}

}
