package io.neffos.test;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.neffos.BodyCodec;
import io.neffos.Message;
import io.neffos.NeffosException;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.testkit.TestServer;

/** A server to be tested with the test kit, and what a tester of it needs. */
final class ChatServer implements AutoCloseable {

	/** Patience of tests that want to see it end. */
	static final Duration SHORT = Duration.ofSeconds(1);

	final CountDownLatch blocked = new CountDownLatch(1);

	private final TestServer test = TestServer.of((namespaces) -> namespaces.onConnect((conn) -> {
		if ("bad".equals(conn.handshake().header("Token"))) {
			throw new RefusedException("bad token");
		}
	}).namespace("closed", (events) -> events.on(SystemEvents.NAMESPACE_CONNECT, (ns, msg) -> {
		throw new RefusedException("closed for today");
	})).namespace("stay", (events) -> events.on(SystemEvents.NAMESPACE_DISCONNECT, (ns, msg) -> {
		throw new RefusedException("stay a while");
	}))
		.namespace("",
				(events) -> events.on(SystemEvents.NATIVE_MESSAGE,
						(ns, msg) -> ns.conn().write(Message.nativeMessage("native " + msg.text()))))
		.namespace("other", (events) -> {
		})
		.namespace("chat", (events) -> events.on(SystemEvents.ROOM_JOIN, (ns, msg) -> {
			if (msg.room().equals("vip") && !msg.isLocal()) {
				throw new RefusedException("vip room is restricted");
			}
		}).on(SystemEvents.ROOM_LEAVE, (ns, msg) -> {
			if (msg.room().equals("trap") && !msg.isForced()) {
				throw new RefusedException("no way out");
			}
		}).onAsk("echo", (ns, msg) -> msg.isBinary() ? msg.body() : msg.text()).onAsk("refuse", (ns, msg) -> {
			throw new RefusedException(msg.text());
		}).on("say", (ns, msg) -> {
			var room = ns.room(msg.room());
			if (room != null) {
				room.emit("said", msg.text());
			}
		}).on("bytes", (ns, msg) -> ns.emitBinary("bytes", msg.body())).on("twice", (ns, msg) -> {
			ns.emit("first", "1");
			ns.emit("second", "2");
		}).on("pull", (ns, msg) -> ns.joinRoomAsync(msg.text()).whenComplete((room, failure) -> {
			if (room != null) {
				room.emit("pulled", room.name());
			}
			else {
				ns.emit("not pulled", failure.getCause().getMessage());
			}
		}))
			.on("push", (ns, msg) -> ns.room(msg.text()).leaveAsync())
			.on("bring", (ns, msg) -> ns.conn().connectAsync("other"))
			.on("expel", (ns, msg) -> ns.disconnectAsync())
			.on("quiz", (ns, msg) -> ns.emit("result", ns.ask("question", msg.text()).text()))
			.on("block", (ns, msg) -> this.blocked.await())
			.on("close", (ns, msg) -> ns.conn().close(4001, "enough"))));

	NeffosServer server() {
		return this.test.server();
	}

	NeffosTester tester() {
		return NeffosTester.of(server()).codec(new WordCodec());
	}

	@Override
	public void close() {
		this.blocked.countDown();
		this.test.close();
	}

	/** An object of a test. */
	record Word(String value) {
	}

	/** Words begin with a colon. */
	private static final class WordCodec implements BodyCodec {

		@Override
		public byte[] encode(Object value) {
			return (":" + ((Word) value).value()).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(byte[] body, Type type) {
			String text = new String(body, StandardCharsets.UTF_8);
			if (!text.startsWith(":")) {
				throw new NeffosException("this is no word");
			}
			return new Word(text.substring(1));
		}

	}

}
