package io.neffos.server;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

import io.neffos.BadNamespaceException;
import io.neffos.BroadcastTarget;
import io.neffos.Conn;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosException;
import io.neffos.Room;
import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who gets a broadcast (protocol section 10, B2). */
class BroadcastTests {

	private final TestServer server = TestServer.of((namespaces) -> namespaces.namespace("chat", (events) -> {
	}).namespace("other", (events) -> {
	}));

	private final WireClient one = this.server.client("chat", "other").join("chat", "a");

	private final WireClient two = this.server.client("chat").join("chat", "a");

	private final WireClient outside = this.server.client("chat", "other");

	private final WireClient elsewhere = this.server.client("other");

	@AfterEach
	void close() {
		this.server.close();
	}

	private void reached(String frame, WireClient... clients) {
		for (WireClient client : clients) {
			client.expect(frame);
		}
		for (WireClient client : new WireClient[] { this.one, this.two, this.outside, this.elsewhere }) {
			client.expectNothing();
		}
	}

	private NSConn ns(WireClient client) {
		return client.on(this.server).namespace("chat");
	}

	/** The server that has a client, as only it knows the client as more than an id. */
	private DefaultNeffosServer serverOf(WireClient client) {
		return this.server.serverOf(client);
	}

	@Test
	void roomEmitReachesEveryMemberItsOwnerIncluded() {
		Room room = ns(this.one).room("a");
		assertThat(room.emit("tick", "1")).isTrue();
		reached(";chat;a;tick;0;0;1", this.one, this.two);
	}

	@Test
	void roomThatIsLeftEmitsNothing() {
		Room room = ns(this.one).room("a");
		this.one.leave("chat", "a");
		assertThat(room.emit("tick", "1")).isFalse();
		reached("");
	}

	@Test
	void broadcastOthersFillsInTheNamespaceAndLeavesTheSenderOut() {
		ns(this.one).broadcastOthers(Message.of("tick", "1"));
		reached(";chat;;tick;0;0;1", this.two, this.outside);
		ns(this.one).broadcastOthers(Message.of("tick", "2").namespace("other").room("a"));
		reached(";chat;a;tick;0;0;2", this.two);
		ns(this.one).broadcastOthers(Message.to(ns(this.one).room("a")).event("tick").body("3"));
		reached(";chat;a;tick;0;0;3", this.two);
	}

	@Test
	void broadcastOfAConnectionFillsInTheNamespaceAndReachesItToo() {
		ns(this.one).broadcast(Message.of("tick", "1"));
		reached(";chat;;tick;0;0;1", this.one, this.two, this.outside);
		ns(this.outside).broadcast(Message.of("tick", "2").room("a"));
		reached(";chat;a;tick;0;0;2", this.one, this.two);
	}

	@Test
	void emitReachesOneConnectionOnly() {
		assertThat(ns(this.one).emit("tick", "1")).isTrue();
		reached(";chat;;tick;0;0;1", this.one);
	}

	@Test
	void writeChecksNamespaceAndRoom() {
		assertThat(this.outside.on(this.server).write(Message.of("tick").namespace("chat").room("a"))).isFalse();
		assertThat(this.elsewhere.on(this.server).write(Message.of("tick").namespace("chat"))).isFalse();
		assertThat(this.one.on(this.server).write(Message.of("tick", "1").namespace("chat").room("a"))).isTrue();
		reached(";chat;a;tick;0;0;1", this.one);
	}

	@Test
	void serverReachesNamespaceRoomAndOneId() {
		BroadcastTarget chat = this.server.server().namespace("chat");
		chat.emit("tick", "1");
		reached(";chat;;tick;0;0;1", this.one, this.two, this.outside);
		chat.room("a").emit("tick", "2");
		reached(";chat;a;tick;0;0;2", this.one, this.two);
		chat.to(this.two.id()).emit("tick", "3");
		reached(";chat;;tick;0;0;3", this.two);
		chat.room("a").to(this.two.id()).emit("tick", "4");
		reached(";chat;a;tick;0;0;4", this.two);
		chat.room("a").to(this.outside.id()).emit("tick", "5");
		chat.to(this.elsewhere.id()).emit("tick", "6");
		chat.room("nobody").emit("tick", "7");
		chat.to("nobody").emit("tick", "8");
		reached("");
	}

	@Test
	void exceptionsAddUp() {
		BroadcastTarget chat = serverOf(this.one).namespace("chat");
		chat.except(ns(this.one)).emit("tick", "1");
		reached(";chat;;tick;0;0;1", this.two, this.outside);
		chat.except(this.one.on(this.server)).except(Exclude.ids(this.two.id())).emit("tick", "2");
		reached(";chat;;tick;0;0;2", this.outside);
		serverOf(this.one).broadcast(Exclude.conn(this.one.on(this.server)), Message.of("tick").namespace("chat"));
		reached(";chat;;tick;0;0;", this.two, this.outside);
		chat.to(this.one.id()).except(ns(this.one)).emit("tick", "3");
		reached("");
	}

	@Test
	void twoConnectionsCanBothBeExcepted() {
		BroadcastTarget chat = this.server.server().namespace("chat");
		chat.except(ns(this.one)).except(ns(this.two)).emit("tick", "1");
		reached(";chat;;tick;0;0;1", this.outside);
	}

	void exceptByIds(BiConsumer<BroadcastTarget, String[]> broadcast) {
		broadcast.accept(this.server.server().namespace("chat"), new String[] { this.one.id(), this.two.id() });
		reached(";chat;;tick;0;0;1", this.outside);
	}

	@Test
	void exclusionByConnectionSparesOthersWithTheSameId() {
		BroadcastTarget room = serverOf(this.one).namespace("chat").room("a");
		Conn first = this.one.on(this.server);
		WireClient twin = this.server.open(this.one.id()).ack().connect("chat").join("chat", "a");
		room.except(first).emit("tick", "1");
		twin.expect(";chat;a;tick;0;0;1").expectNothing();
		reached(";chat;a;tick;0;0;1", this.two);
		room.except(Exclude.ids(this.one.id())).emit("tick", "2");
		twin.expectNothing();
		reached(";chat;a;tick;0;0;2", this.two);
		room.to(this.one.id()).emit("tick", "3");
		twin.expect(";chat;a;tick;0;0;3").expectNothing();
		reached(";chat;a;tick;0;0;3", this.one);
	}

	@Test
	void whatOneThreadSendsArrivesInOrderWhicheverWayItGoes() {
		DefaultNeffosServer same = serverOf(this.one);
		NSConn ns = ns(this.one);
		for (int i = 0; i < 100; i++) {
			ns.emit("direct", "" + i);
			ns.room("a").emit("room", "" + i);
			same.namespace("chat").emit("everybody", "" + i);
			same.namespace("chat").to(this.one.id()).emit("id", "" + i);
		}
		for (int i = 0; i < 100; i++) {
			this.one.expect(";chat;;direct;0;0;" + i)
				.expect(";chat;a;room;0;0;" + i)
				.expect(";chat;;everybody;0;0;" + i)
				.expect(";chat;;id;0;0;" + i);
		}
	}

	@Test
	void binaryBodiesTravelAsBinary() {
		byte[] body = { 0, (byte) 0xff, ';' };
		ns(this.one).room("a").emitBinary("data", body);
		for (WireClient client : new WireClient[] { this.one, this.two }) {
			WireFrame frame = client.nextFrame();
			assertThat(frame.binary()).isTrue();
			assertThat(frame.bytes()).startsWith(";chat;a;data;0;0;".getBytes(StandardCharsets.UTF_8)).endsWith(body);
		}
		ns(this.one).emitBinary("data", body);
		assertThat(this.one.nextFrame().binary()).isTrue();
		this.server.server().namespace("other").emitBinary("data", body);
		assertThat(this.elsewhere.nextFrame().binary()).isTrue();
	}

	@Test
	void textThatIsNotUtf8IsRefused() {
		byte[] body = { (byte) 0xff };
		assertThatThrownBy(() -> ns(this.one).emit("data", body)).isInstanceOf(NeffosException.class)
			.hasMessageContaining("binary");
		assertThatThrownBy(() -> ns(this.one).room("a").emit("data", body)).isInstanceOf(NeffosException.class);
		reached("");
	}

	@Test
	void undeclaredNamespaceIsAMistakeOfTheCaller() {
		assertThatThrownBy(() -> this.server.server().namespace("nowhere")).isInstanceOf(BadNamespaceException.class)
			.hasMessageContaining("nowhere")
			.hasMessageContaining("chat");
		assertThatThrownBy(() -> this.server.server().broadcast(Message.of("tick")))
			.isInstanceOf(BadNamespaceException.class);
	}

}
