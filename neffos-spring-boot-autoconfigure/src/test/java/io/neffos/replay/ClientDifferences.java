package io.neffos.replay;

import java.util.List;

import io.neffos.engine.Side;

import static io.neffos.replay.Difference.everywhereBut;
import static io.neffos.replay.Edits.after;
import static io.neffos.replay.Edits.all;
import static io.neffos.replay.Edits.drop;
import static io.neffos.replay.Edits.moveDown;
import static io.neffos.replay.Edits.ownHandlerFirst;
import static io.neffos.replay.Edits.replace;
import static io.neffos.replay.Edits.replyBeforeJoined;

/**
 * Where our client does something else than the Go client, on purpose, as
 * {@link ServerDifferences} says it of our server. Lines read as there, except that
 * {@code on} is a handler of the client.
 */
final class ClientDifferences {

	// @formatter:off
	static final List<Difference> TABLE = List.of(

		// Closing

		everywhereBut("G22", "A client that its application closes says so with a close frame instead of nothing (1006)",
			Edits::closeFrame,
			"ack-denied", "close-codes", "forced-close-by-server", "go-reader-race"),
		new Difference("G22", "A client that is refused closes with a close frame, without waiting for the server to",
			replace("c1: closes 1006", "c1: hangs up 1000 refused"),
			"ack-denied"),

		// Joins and leaves

		new Difference("B1, G13", "A join asks the client's own OnRoomJoin first, and then the server",
			ownHandlerFirst(Side.CLIENT, "_OnRoomJoin"),
			"any-event", "broadcast", "disconnect-with-rooms", "emit-ask", "forced-close-by-client",
			"forced-close-by-server", "join-denied", "join-leave", "joined-before-reply", "leave-all",
			"leave-all-answered-1", "leave-denied", "server-disconnect-all", "server-disconnect-with-rooms",
			"server-leave-all"),
		new Difference("B1, G13", "A join that the client's own OnRoomJoin refuses never reaches the server",
			drop("c1: --> $T3;default;ldeny1;_OnRoomJoin;0;0;", "c1: <-- $T3;;;;;;"),
			"join-denied"),
		new Difference("B1, G14", "The reply to a join of the server leaves before OnRoomJoined fires",
			replyBeforeJoined(Side.CLIENT),
			"coalesced", "odd-frames", "server-connect", "server-join-denied"),
		new Difference("protocol 7.6", "Events of a room wait until the client knows that it has joined",
			moveDown("c1: on news(default, greeter) 'welcome'", "c1: on _OnRoomJoined(default, greeter)+"),
			"joined-before-reply"),
		new Difference("protocol 8", "A leave of the client is local to it, one by one as with leaveAll",
			all(replace("c1: on _OnRoomLeave(default, room1)", "c1: on _OnRoomLeave(default, room1)+"),
				replace("c1: on _OnRoomLeft(default, room1)", "c1: on _OnRoomLeft(default, room1)+")),
			"join-leave"),
		new Difference("G13", "A leave asks the client's own OnRoomLeave first, as a join does",
			ownHandlerFirst(Side.CLIENT, "_OnRoomLeave"),
			"join-leave", "leave-all", "leave-all-answered-1", "leave-denied"),
		new Difference("B4", "A join in a namespace that is not connected says so, and not that the connection is closed",
			replace("c1: result joinRoom: error 'write closed'", "c1: result joinRoom: error 'bad namespace'"),
			"unconnected"),
		new Difference("G15", "Both sides connect at once: the first object stays, and Connected fires once",
			drop("c1: on _OnNamespaceConnected(default)+"),
			"simultaneous-connect"),

		// Asks

		new Difference("B19", "An error text is never empty",
			replace("c1: --> 77002;default;;question;1;0;", "c1: --> 77002;default;;question;1;0;error"),
			"odd-answers"),
		new Difference("B19, J7", "Errors are text, whatever was asked",
			replace("c1: --> (binary) 77004;default;;question;1;0;client handler failed",
				"c1: --> 77004;default;;question;1;0;client handler failed"),
			"odd-answers"),
		new Difference("B18, G23", "An error frame is never answered",
			drop("c1: --> (binary) 77005;default;;question;0;0;I am c1"),
			"odd-answers"),
		new Difference("B4, B17, G12", "An ask in a namespace that is not connected is answered",
			all(after("c1: <-- 77001;nope;;question;0;0;who?", "c1: --> 77001;nope;;question;1;0;bad namespace"),
				after("c1: <-- 77002;nope;room1;_OnRoomJoin;0;0;",
					"c1: --> 77002;nope;room1;_OnRoomJoin;1;0;bad namespace")),
			"odd-frames"),
		new Difference("B17", "An ask without a handler is answered",
			after("c1: <-- 77013;default;;unknown;0;0;x", "c1: --> 77013;default;;unknown;1;0;no handler for event"),
			"odd-frames"),
		new Difference("B17", "A frame with something in its first field is an ask, unless it answers one of the client",
			after("c1: <-- $77009;;;;;;", "c1: --> $77009;;;;1;0;bad namespace"),
			"odd-frames"),
		new Difference("B17", "The answer to an ask in a room that is not joined is sent, and not lost",
			after("c1: on question(default, room9) 'who?'", "c1: --> 77010;default;room9;question;0;0;I am c1"),
			"odd-frames"),
		new Difference("G2", "There is one reader: two frames come in their order and two asks break nothing",
			all(moveDown("c1: <-- $T2;default;;twice;0;0;second", "c1: <-- $T2;default;;twice;0;0;first"),
				drop("c1: on _OnNamespaceDisconnect(default)+!", "c1: hangs up 1002"),
				replace("c1: result ask: error '[-1] write closed'", "c1: --> $T3;default;;late;0;0;"),
				after("c1: --> $T3;default;;late;0;0;", "c1: result ask: error 'context deadline exceeded'"),
				after("c1: call close", "c1: on _OnNamespaceDisconnect(default)+!"),
				after("c1: on _OnNamespaceDisconnect(default)+!", "c1: hangs up 1000")),
			"go-reader-race")

	);
	// @formatter:on

	private ClientDifferences() {
	}

}
