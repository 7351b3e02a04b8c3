package io.neffos.sample;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomJoined;
import io.neffos.annotation.OnRoomLeft;

import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What the page uses: rooms with messages and presence, one room with a door, one ask.
 */
@NeffosNamespace("chat")
class ChatRooms {

	private final Noticeboard board;

	ChatRooms(NeffosServer server) {
		this.board = new Noticeboard(server);
	}

	@OnRoomJoin("vip")
	void admit(NSConn conn) {
		if (!Visitor.name(conn).startsWith("vip-")) {
			throw new RefusedException("vip room is restricted");
		}
	}

	@OnRoomJoined
	void joined(Message message) {
		this.board.changed(message.room());
	}

	@OnRoomLeft
	void left(Message message) {
		this.board.changed(message.room());
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

	/** Visitors who come back may find themselves on another server. */
	@OnEvent("where")
	Noticeboard.Place where() {
		return this.board.place();
	}

	/**
	 * Nobody calls when something changes on another server; looking costs no question.
	 */
	@Scheduled(fixedDelay = 500)
	void look() {
		this.board.look();
	}

	record Said(String from, String text, long at) {
	}

}
