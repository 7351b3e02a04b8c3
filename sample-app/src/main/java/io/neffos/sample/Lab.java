package io.neffos.sample;

import java.util.List;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomLeave;

import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;

/**
 * One handler for each thing a handler can do: answers, rooms, and asking the client
 * back.
 */
@NeffosNamespace("lab")
class Lab {

	private static final int MOST_BYTES = 60_000;

	@OnEvent("echo")
	byte[] echo(Message message) {
		return message.body();
	}

	@OnEvent("fail")
	void fail() {
		throw new RefusedException("no luck");
	}

	/** Returning nothing is no answer; the asker's timeout ends the wait. */
	@OnEvent("silent")
	void silent() {
	}

	@OnEvent("whoami")
	String whoami(NSConn conn) {
		return conn.conn().id();
	}

	@OnEvent("name")
	String name(NSConn conn) {
		return Visitor.name(conn);
	}

	@OnEvent("tries")
	String tries(NSConn conn) {
		return String.valueOf(conn.conn().reconnectTries());
	}

	@OnEvent("rooms")
	List<String> rooms(NSConn conn) {
		return conn.rooms().stream().map(Room::name).toList();
	}

	@OnEvent("say")
	void say(NSConn conn, Room room, Message message) {
		conn.broadcastOthers(Message.to(room).event("said").body(message.body()).binary(message.isBinary()));
	}

	@OnEvent("shout")
	void shout(NSConn conn, Room room, Message message) {
		conn.broadcast(Message.to(room).event("shouted").body(message.body()).binary(message.isBinary()));
	}

	@OnRoomJoin("deny-{reason}")
	void deny(@DestinationVariable String reason) {
		throw new RefusedException("not this room");
	}

	@OnRoomLeave("sticky-*")
	void hold() {
		throw new RefusedException("stay");
	}

	@OnEvent("invite")
	void invite(NSConn conn, @Payload String room) {
		try {
			conn.joinRoom(room);
			conn.emit("invited", room);
		}
		catch (NeffosException ex) {
			conn.emit("invite-failed", ex.getMessage());
		}
	}

	@OnEvent("evict")
	void evict(NSConn conn, @Payload String name) {
		Room room = conn.room(name);
		if (room != null) {
			room.leave();
			conn.emit("evicted", name);
		}
	}

	@OnEvent("evict-all")
	void evictAll(NSConn conn) {
		conn.leaveAll();
		conn.emit("evicted-all", null);
	}

	@OnEvent("summon")
	void summon(NSConn conn, @Payload String namespace) {
		try {
			conn.conn().connect(namespace);
			conn.emit("summoned", namespace);
		}
		catch (NeffosException ex) {
			conn.emit("summon-failed", ex.getMessage());
		}
	}

	@OnEvent("dismiss")
	void dismiss(NSConn conn, @Payload String namespace) {
		NSConn other = conn.conn().namespace(namespace);
		if (other != null) {
			other.disconnect();
			conn.emit("dismissed", namespace);
		}
	}

	/** Asks the client that asked: its answer is not held up by this handler. */
	@OnEvent("quiz")
	String quiz(NSConn conn) {
		try {
			return "answer: " + conn.ask("question", "6x7").text();
		}
		catch (NeffosException ex) {
			return "error: " + ex.getMessage();
		}
	}

	@OnEvent("bytes")
	void bytes(NSConn conn, @Payload int count) {
		byte[] bytes = new byte[Math.max(0, Math.min(count, MOST_BYTES))];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		conn.emitBinary("bytes", bytes);
	}

	/** Clients do not come back after a code from 4000 to 4099. */
	@OnEvent("kick")
	void kick(NSConn conn) {
		conn.conn().close(4001, "kicked");
	}

	/** Clients may come back after 1012. */
	@OnEvent("drop")
	void drop(NSConn conn) {
		conn.conn().close(1012, "restart");
	}

}
