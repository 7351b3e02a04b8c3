package io.neffos.replay;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.Reply;
import io.neffos.SystemEvents;
import io.neffos.replay.Step.Kind;
import org.jspecify.annotations.Nullable;

/** The handlers of the Go server that the conversations were recorded with. */
final class LabServer {

	static final String[] SYSTEM_EVENTS = { SystemEvents.NAMESPACE_CONNECT, SystemEvents.NAMESPACE_CONNECTED,
			SystemEvents.NAMESPACE_DISCONNECT, SystemEvents.ROOM_JOIN, SystemEvents.ROOM_JOINED,
			SystemEvents.ROOM_LEAVE, SystemEvents.ROOM_LEFT };

	private final String scenario;

	private final Journal journal;

	private final Supplier<NeffosServer> server;

	private final Map<String, Conn> conns = new ConcurrentHashMap<>();

	/** Holds {@code OnConnect} of the slow server up. */
	private final CountDownLatch slow = new CountDownLatch(1);

	LabServer(String scenario, Journal journal, Supplier<NeffosServer> server) {
		this.scenario = scenario;
		this.journal = journal;
		this.server = server;
	}

	Conn conn(String name) {
		Conn conn = this.conns.get(name);
		if (conn == null) {
			throw new AssertionError("OnConnect has not seen " + name);
		}
		return conn;
	}

	/** Let {@code OnConnect} of the slow server return. */
	void goOn() {
		this.slow.countDown();
	}

	Namespaces namespaces() {
		Namespaces.Builder builder = Namespaces.builder().onConnect(this::onConnect).onDisconnect((conn) -> {
			this.journal.add(Kind.EVENT, Journal.name(conn), "OnDisconnect");
		});
		switch (this.scenario) {
			case "any-event" -> builder.namespace("default", (events) -> events.on(SystemEvents.ANY_EVENT, this::log));
			case "native-only", "raw-native-only" ->
				builder.namespace("", (events) -> events.on(SystemEvents.NATIVE_MESSAGE, this::nativeBack));
			case "native-mixed" -> builder.namespace("default", this::declare)
				.namespace("", (events) -> declare(events.on(SystemEvents.NATIVE_MESSAGE, this::nativeBack)));
			default -> builder.namespace("default", this::declare)
				.namespace("other", this::declare)
				.namespace("private", this::declare)
				.namespace("stuck", this::declare);
		}
		return builder.build();
	}

	private void onConnect(Conn conn) throws InterruptedException {
		this.conns.put(Journal.name(conn), conn);
		this.journal.add(Kind.EVENT, Journal.name(conn), "OnConnect tries " + conn.reconnectTries());
		switch (this.scenario) {
			case "ack-denied" -> throw new RefusedException("no entry; really");
			case "ack-slow" -> {
				if (!this.slow.await(1, TimeUnit.MINUTES)) {
					throw new IllegalStateException("Nobody let OnConnect go on");
				}
			}
			case "server-connect" -> {
				Results results = new Results(this.journal, "");
				results.report("nsConn.JoinRoom (inside OnConnect)",
						results.report("conn.Connect (inside OnConnect)", conn.connectAsync("default"))
							.thenCompose((ns) -> ns.joinRoomAsync("lobby")));
			}
			default -> {
			}
		}
	}

	private void declare(Events.Builder events) {
		for (String event : SYSTEM_EVENTS) {
			events.on(event, this::system);
		}
		for (String event : new String[] { "cmd", "silent", "note", "news", "question" }) {
			events.on(event, this::log);
		}
		on(events, "echo", (ns, msg) -> Reply.of(msg.body()));
		on(events, "emptyreply", (ns, msg) -> Reply.empty());
		on(events, "fail", (ns, msg) -> {
			throw new RefusedException("handler failed");
		});
		on(events, "emptyerror", (ns, msg) -> {
			throw new RefusedException("");
		});
		on(events, "back", (ns, msg) -> ns.emit("note", msg.body()) ? null : "not sent");
		on(events, "bin", (ns, msg) -> ns.emitBinary("note", prepend((byte) 0xff, msg.body())) ? null : "not sent");
		on(events, "askInside", (ns, msg) -> {
			Message answer = ns.ask("question", "who?");
			this.journal.add(Kind.RESULT, "",
					"nsConn.Ask (inside a handler): '" + answer.text() + "' of " + answer.event());
			return null;
		});
		on(events, "chat", (ns, msg) -> broadcast(Exclude.nobody(), news(ns, msg)));
		on(events, "chatOthers", (ns, msg) -> broadcast(Exclude.conn(ns.conn()), news(ns, msg)));
		on(events, "chatOthersHelper", (ns, msg) -> {
			ns.broadcastOthers(Message.of("news", msg.body()).room(msg.room()));
			return null;
		});
		on(events, "chatExclude", (ns, msg) -> broadcast(Exclude.ids(msg.text()),
				Message.of("news", "not for " + msg.text()).namespace(ns.namespace())));
		on(events, "chatTo", (ns, msg) -> broadcast(Exclude.nobody(),
				Message.of("news", "only for " + msg.text()).namespace(ns.namespace()).to(msg.text())));
	}

	private void on(Events.Builder events, String event, Answer answer) {
		events.onAsk(event, (ns, msg) -> {
			log(ns, msg);
			return answer.to(ns, msg);
		});
	}

	private void log(NSConn ns, Message msg) {
		this.journal.event(ns.conn(), msg);
	}

	private void system(NSConn ns, Message msg) {
		log(ns, msg);
		String event = msg.event();
		String room = msg.room();
		if (event.equals(SystemEvents.NAMESPACE_CONNECT) && msg.namespace().equals("private")) {
			throw new RefusedException("connect not allowed");
		}
		if (event.equals(SystemEvents.NAMESPACE_DISCONNECT) && msg.namespace().equals("stuck")) {
			throw new RefusedException("disconnect not allowed");
		}
		if (event.equals(SystemEvents.ROOM_JOIN) && room.startsWith("deny")) {
			throw new RefusedException("join not allowed");
		}
		if (event.equals(SystemEvents.ROOM_LEAVE) && room.startsWith("sticky")) {
			throw new RefusedException("leave not allowed");
		}
		if (event.equals(SystemEvents.ROOM_JOINED) && room.equals("greeter")) {
			boolean sent = ns.conn().write(Message.of("news", "welcome").namespace(ns.namespace()).room(room));
			this.journal.add(Kind.INFO, "", "room.Emit inside OnRoomJoined returned " + sent);
		}
	}

	private void nativeBack(NSConn ns, Message msg) {
		log(ns, msg);
		byte[] prefix = "native back: ".getBytes(StandardCharsets.US_ASCII);
		byte[] body = new byte[prefix.length + msg.body().length];
		System.arraycopy(prefix, 0, body, 0, prefix.length);
		System.arraycopy(msg.body(), 0, body, prefix.length, msg.body().length);
		// The handler of the mixed server did not pass the frame type on.
		boolean binary = msg.isBinary() && !this.scenario.equals("native-mixed");
		ns.conn().write(Message.nativeMessage(body).binary(binary));
	}

	private @Nullable Object broadcast(Exclude exclude, Message message) {
		this.server.get().broadcast(exclude, message);
		return null;
	}

	private static Message news(NSConn ns, Message msg) {
		return Message.of("news", msg.body()).namespace(ns.namespace()).room(msg.room());
	}

	private static byte[] prepend(byte first, byte[] rest) {
		byte[] all = new byte[rest.length + 1];
		all[0] = first;
		System.arraycopy(rest, 0, all, 1, rest.length);
		return all;
	}

	@FunctionalInterface
	private interface Answer {

		@Nullable Object to(NSConn ns, Message msg) throws Exception;

	}

}
