package io.neffos.chaos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosException;
import io.neffos.NeffosServer;
import io.neffos.Overflow;
import io.neffos.RoomInfo;
import io.neffos.SystemEvents;
import org.jspecify.annotations.Nullable;

/**
 * Handlers whose endings broadcast, join, ask and close. The connection of a tenth of
 * those that leave takes another one with it.
 */
final class Storm {

	static final String NAMESPACE = "storm";

	static final int ROOMS = 10;

	/** Long enough for any answer, short enough for those that never come. */
	private static final Duration ANSWER = Duration.ofMillis(250);

	private final Chronicle chronicle = new Chronicle();

	private final AtomicInteger dice = new AtomicInteger();

	private volatile @Nullable NeffosServer server;

	private volatile boolean over;

	/** What the application declares. */
	Namespaces namespaces() {
		return Namespaces.builder()
			.namespace(NAMESPACE, this::events)
			.namespace("press", (events) -> events.overflow(Overflow.DROP_OLDEST))
			.namespace("hall", (events) -> {
			})
			.onDisconnect(this::disconnected)
			.build();
	}

	void server(NeffosServer value) {
		this.server = value;
	}

	/** Take nobody along any more. */
	void calm() {
		this.over = true;
	}

	Chronicle chronicle() {
		return this.chronicle;
	}

	private void events(Events.Builder events) {
		events.on("back", (ns, msg) -> ask(ns))
			.on(SystemEvents.NAMESPACE_CONNECTED, (ns, msg) -> this.chronicle.note(ns, "connected", ""))
			.on(SystemEvents.NAMESPACE_DISCONNECT, this::disconnect)
			.on(SystemEvents.ROOM_JOINED, (ns, msg) -> this.chronicle.note(ns, "joined", msg.room()))
			.on(SystemEvents.ROOM_LEAVE, this::leave)
			.on(SystemEvents.ROOM_LEFT, this::left);
	}

	/** Tells the room, and asks who leaves and who stays. */
	private void leave(NSConn ns, Message message) {
		this.chronicle.note(ns, "leave", message.room());
		ns.broadcastOthers(to(message.room(), "leaving", ns));
		ask(ns);
		NSConn other = member(message.room());
		if (other != null) {
			ask(other);
		}
	}

	/** Sends the others somewhere else, tries to go there itself, and closes some. */
	private void left(NSConn ns, Message message) {
		this.chronicle.note(ns, "left", message.room());
		ns.broadcast(to(message.room(), "left", ns));
		this.chronicle.begun(ns.joinRoomAsync(room()));
		NSConn other = member(message.room());
		if (other != null) {
			this.chronicle.begun(other.joinRoomAsync(room()));
			if (!this.over && this.dice.incrementAndGet() % 10 == 0) {
				other.conn().close(4000, "come with me");
			}
		}
	}

	private void disconnect(NSConn ns, Message message) {
		this.chronicle.note(ns, "disconnect", "");
		ns.broadcast(to("", "gone", ns));
		List<NSConn> all = required().connections(NAMESPACE);
		if (!all.isEmpty()) {
			ask(all.get(this.dice.incrementAndGet() % all.size()));
		}
		ns.conn().close(4001, "twice");
	}

	private void disconnected(Conn conn) {
		this.chronicle.note(conn, "closed", "");
		required().namespace(NAMESPACE).room(room()).emit("gone", conn.id());
		this.chronicle.begun(conn.connectAsync(NAMESPACE));
		conn.close(4002, "again");
	}

	/** Every second ask holds the handler until the answer is there. */
	private void ask(NSConn whom) {
		if (this.dice.incrementAndGet() % 2 == 0) {
			this.chronicle.begun(whom.askAsync("echo", "how are you"));
			return;
		}
		CompletableFuture<String> waited = new CompletableFuture<>();
		this.chronicle.begun(waited);
		try {
			waited.complete(whom.ask("echo", "who are you", ANSWER).text());
		}
		catch (NeffosException ex) {
			waited.completeExceptionally(ex);
		}
	}

	private static Message to(String room, String event, NSConn ns) {
		return Message.builder().room(room).event(event).body(ns.conn().id()).build();
	}

	private @Nullable NSConn member(String room) {
		RoomInfo info = required().room(NAMESPACE, room);
		List<NSConn> members = (info != null) ? info.members() : List.of();
		return members.isEmpty() ? null : members.get(this.dice.incrementAndGet() % members.size());
	}

	private String room() {
		return "room-" + this.dice.incrementAndGet() % ROOMS;
	}

	private NeffosServer required() {
		NeffosServer known = this.server;
		if (known == null) {
			throw new IllegalStateException("No server yet");
		}
		return known;
	}

}
