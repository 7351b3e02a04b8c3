package io.neffos.sample;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.RoomInfo;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnConnect;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomJoined;
import io.neffos.annotation.OnRoomLeft;

import org.springframework.messaging.handler.annotation.Payload;

/**
 * What the page uses: rooms with messages and presence, one room with a door, one ask.
 */
@NeffosNamespace("chat")
class ChatRooms {

	private final NeffosServer server;

	ChatRooms(NeffosServer server) {
		this.server = server;
	}

	@OnConnect
	void welcome(Conn conn) {
		Visitor.remember(conn);
	}

	@OnRoomJoin("vip")
	void admit(NSConn conn) {
		if (!Visitor.name(conn).startsWith("vip-")) {
			throw new RefusedException("vip room is restricted");
		}
	}

	@OnRoomJoined
	void joined(Message message) {
		announcePresence(message.room());
	}

	@OnRoomLeft
	void left(Message message) {
		announcePresence(message.room());
	}

	@OnEvent("say")
	void say(NSConn conn, Room room, @Payload Line line) {
		room.emit("said", new Said(Visitor.name(conn), line.text(), System.currentTimeMillis()));
	}

	@OnEvent("workday")
	String workday(@Payload String date) {
		try {
			return LocalDate.parse(date.strip()).getDayOfWeek().name();
		}
		catch (DateTimeParseException ex) {
			throw new RefusedException("not a date: use yyyy-mm-dd");
		}
	}

	/**
	 * Two visitors can come at the same time, on two threads. Looking and telling are one
	 * step, so that what is told last is what was seen last. Telling never blocks.
	 */
	private synchronized void announcePresence(String name) {
		RoomInfo room = this.server.room("chat", name);
		if (room != null) {
			List<String> members = room.members().stream().map(Visitor::name).toList();
			this.server.namespace("chat").room(name).emit("presence", new Presence(members));
		}
		this.server.namespace("chat").emit("rooms", RoomSize.listOf(this.server));
	}

	record Said(String from, String text, long at) {
	}

	record Presence(List<String> members) {
	}

}
