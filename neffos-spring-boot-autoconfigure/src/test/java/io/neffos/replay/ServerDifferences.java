package io.neffos.replay;

import java.util.List;

import io.neffos.engine.Side;

import static io.neffos.replay.Edits.after;
import static io.neffos.replay.Edits.all;
import static io.neffos.replay.Edits.drop;
import static io.neffos.replay.Edits.endAfter;
import static io.neffos.replay.Edits.moveDown;
import static io.neffos.replay.Edits.ownHandlerFirst;
import static io.neffos.replay.Edits.replace;
import static io.neffos.replay.Edits.replyBeforeJoined;
import static io.neffos.replay.Edits.swap;

/**
 * Where our server does something else than the Go server, on purpose: the decision (B,
 * or the defect G or J of protocol section 14 that it avoids), what is different, how the
 * recorded steps read then, and in which transcripts. A scenario stands for all its
 * transcripts. Whatever is not listed here must be the same, and whatever is listed must
 * be different.
 * <p>
 * Lines read as in {@link Step}: {@code on} is a handler of the server, + is local, ! is
 * forced, and arrows point from and to the server.
 */
final class ServerDifferences {

	// @formatter:off
	static final List<Difference> TABLE = List.of(

		// Before the acknowledgement

		new Difference("B18, G18", "Nothing but M is accepted before the acknowledgement, so nothing is kept for later",
			endAfter("c1: --> ;default;;echo;0;0;too early", "c1: closes 1002 acknowledgement expected"),
			"raw-before-ack"),
		new Difference("B18", "A client that sends H is closed with a close frame that says why",
			endAfter("c1: --> Hgo away", "c1: closes 1002 acknowledgement expected"),
			"raw-reject-ack"),
		new Difference("B18, B21, G6", "A client that chooses its own id is closed",
			endAfter("c1: --> Aevil", "c1: closes 1002 acknowledgement expected"),
			"raw-spoof-ack"),

		// Closing

		new Difference("G22", "A refused connection ends with a close frame instead of nothing (1006)",
			replace("c1: closes 1006", "c1: closes 1008 refused"),
			"ack-denied"),
		new Difference("G22", "A connection that the server closes ends with a close frame",
			replace("c1: closes 1006", "c1: closes 1000"),
			"forced-close-by-server"),

		// Joins and leaves

		new Difference("B18, J1", "_OnRoomLeft from the network, which neffos.js sends by mistake, is ignored",
			drop("c1: on _OnRoomLeft(default, room1)", "c1: on _OnRoomLeft(default, room2)"),
			"leave-all.go-js"),
		new Difference("B18, G21", "Events in the past tense reach no handler when they come from the network",
			drop("c1: on _OnRoomJoined(default, room1) 'spoof'", "c1: on _OnNamespaceConnected(default) 'spoof'",
				"c1: on _OnRoomLeft(default, room1)"),
			"raw-edge"),
		new Difference("B14", "A room has a name: the empty one is refused",
			all(drop("c1: on _OnRoomJoin(default)", "c1: on _OnRoomJoined(default)",
					"c1: on _OnRoomLeave(default)!", "c1: on _OnRoomLeft(default)!"),
				replace("c1: <-- $9010;;;;;;", "c1: <-- $9010;default;;_OnRoomJoin;1;0;bad room")),
			"raw-edge"),
		new Difference("B1, G14", "The reply to a join leaves before OnRoomJoined fires",
			replyBeforeJoined(Side.SERVER),
			"any-event", "broadcast", "disconnect-with-rooms", "emit-ask", "forced-close-by-client",
			"forced-close-by-server", "join-denied", "join-leave", "joined-before-reply", "leave-all", "leave-denied",
			"raw-edge", "reconnect", "reconnect-down", "server-disconnect-all", "server-disconnect-with-rooms",
			"server-leave-all"),
		new Difference("B1, G13", "A join of the server asks its own OnRoomJoin first, and then the client",
			ownHandlerFirst(Side.SERVER, "_OnRoomJoin"),
			"server-connect", "server-join-denied"),
		new Difference("protocol 8", "A leave of the server is local to it, one by one as with leaveAll",
			all(replace("c1: on _OnRoomLeave(default, room2)", "c1: on _OnRoomLeave(default, room2)+"),
				replace("c1: on _OnRoomLeft(default, room2)", "c1: on _OnRoomLeft(default, room2)+")),
			"server-connect"),
		new Difference("protocol 7.7", "Go leaves its rooms in random order, we in the order they came",
			swap("c1: <-- S1;default;room2;_OnRoomLeave;0;0;", "c1: <-- S2;default;room1;_OnRoomLeave;0;0;",
				"result nsConn.LeaveAll: true"),
			"server-leave-all.go-go"),
		new Difference("protocol 7.5", "Go disconnects its namespaces in random order, we in the order they came",
			swap("c1: <-- S1;other;;_OnNamespaceDisconnect;0;0;", "c1: <-- S2;default;;_OnNamespaceDisconnect;0;0;",
				"result conn.DisconnectAll: true"),
			"server-disconnect-all.go-go"),
		new Difference("G13", "A leave of the server asks its own OnRoomLeave first, as a join does",
			ownHandlerFirst(Side.SERVER, "_OnRoomLeave"),
			"server-connect", "server-leave-all"),
		new Difference("protocol 7.8", "Go goes through rooms and namespaces in random order, we in the order they came",
			Edits::forcedInOrder,
			"forced-close-by-client.go-js", "forced-close-by-server.go-js", "join-denied.go-go", "native-mixed.go-go"),
		new Difference("G15", "Both sides connect at once: the first object stays, and Connected fires once",
			drop("c1: on _OnNamespaceConnected(default)+"),
			"simultaneous-connect"),

		// Asks

		new Difference("B9, G1", "An ask inside a handler is answered by its answer, and other messages wait for the handler",
			all(replace("result nsConn.Ask (inside a handler): 'an unrelated event' of news",
					"result nsConn.Ask (inside a handler): 'I am c1' of question"),
				moveDown("result nsConn.Ask (inside a handler): 'I am c1' of question",
					"c1: --> S2;default;;question;0;0;I am c1"),
				replace("c1: on question(default) 'I am c1'", "c1: on news(default) 'an unrelated event'")),
			"ask-inside-handler"),
		new Difference("G10", "The second answer to an ask of everybody is dropped and not an event",
			drop("c2: on question(default) 'I am c2'"),
			"server-ask-all.go-go"),
		new Difference("G10", "The second answer to an ask of everybody is dropped and not an event",
			drop("c1: on question(default) 'I am c1'"),
			"server-ask-all.go-js"),
		new Difference("B19", "An error text is never empty",
			replace("c1: <-- $T5;default;;emptyerror;1;0;", "c1: <-- $T5;default;;emptyerror;1;0;error"),
			"emit-ask"),
		new Difference("B19, J7", "Errors are text, whatever was asked",
			replace("c1: <-- (binary) ;default;;fail;1;0;handler failed", "c1: <-- ;default;;fail;1;0;handler failed"),
			"binary"),
		new Difference("B4, B17, G12", "An ask in a namespace that is not connected is answered",
			all(after("c1: --> $9001;nope;;echo;0;0;x", "c1: <-- $9001;nope;;echo;1;0;bad namespace"),
				after("c1: --> $9002;nope;room1;_OnRoomJoin;0;0;",
					"c1: <-- $9002;nope;room1;_OnRoomJoin;1;0;bad namespace"),
				after("c1: --> $9003;nope;room1;_OnRoomLeave;0;0;",
					"c1: <-- $9003;nope;room1;_OnRoomLeave;1;0;bad namespace")),
			"raw-edge"),
		new Difference("B17", "A frame with something in its first field is an ask, and an ask without a handler is answered",
			after("c1: --> six;;;;;;separators", "c1: <-- six;;;;1;0;no handler for event"),
			"native-mixed"),
		new Difference("B4, G21", "A message to a room that its sender has not joined reaches no handler",
			all(drop("c1: on chat(default, room9) 'hi'"),
				replace("c1: on echo(default, room9) 'hi'", "c1: <-- $9011;default;room9;echo;1;0;bad room")),
			"raw-edge"),
		new Difference("B18, G23", "An error frame is never answered",
			drop("c1: <-- ;default;;fail;1;0;handler failed"),
			"raw-edge"),

		// Broadcasts

		new Difference("B2", "broadcastOthers fills in the namespace, so the others in the room get the message",
			after("c1: on chatOthersHelper(default, room1) 'helper without namespace'",
				"c2: <-- ;default;room1;news;0;0;helper without namespace"),
			"broadcast")

	);
	// @formatter:on

	private ServerDifferences() {
	}

}
