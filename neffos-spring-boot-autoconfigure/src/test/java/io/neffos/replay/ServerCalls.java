package io.neffos.replay;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosServer;

/** What the application of the Go server called outside of its handlers. */
final class ServerCalls {

	/** Expires while the replay waits, so it is short. */
	static final Duration UNANSWERED = Duration.ofMillis(200);

	static final Duration LONG = Duration.ofSeconds(20);

	private final Results results;

	private final NeffosServer server;

	ServerCalls(Journal journal, NeffosServer server) {
		this.results = new Results(journal, "");
		this.server = server;
	}

	/**
	 * Do what was recorded.
	 * @param call the recorded call
	 * @param conn the connection
	 * @param expires whether the peer will not answer
	 */
	void make(Step call, Conn conn, boolean expires) {
		if (call.text().endsWith("(inside a handler)") || call.text().endsWith("(inside OnConnect)")) {
			return;
		}
		CompletableFuture<?> result = switch (call.text()) {
			case "conn.Connect" -> conn.connectAsync(arg(call, 0));
			case "conn.DisconnectAll" -> conn.disconnectAllAsync();
			case "conn.Close" -> {
				conn.close();
				yield CompletableFuture.completedFuture(true);
			}
			case "nsConn.JoinRoom" -> ns(conn).joinRoomAsync(arg(call, 0));
			case "nsConn.LeaveAll" -> ns(conn).leaveAllAsync();
			case "nsConn.Disconnect" -> ns(conn).disconnectAsync();
			case "nsConn.Ask" ->
				conn.askAsync(Message.of(arg(call, 0), arg(call, 1)).namespace("default"), expires ? UNANSWERED : LONG);
			case "room.Leave" -> Objects.requireNonNull(ns(conn).room(arg(call, 0))).leaveAsync();
			// The original's Room.Emit writes to one client, ours to the room (B2).
			case "room.Emit" -> CompletableFuture.completedFuture(
					conn.write(Message.of(arg(call, 1), arg(call, 2)).namespace("default").room(arg(call, 0))));
			case "server.Ask" ->
				this.server.askAsync(Message.of(arg(call, 0), arg(call, 1)).namespace("default"), LONG);
			case "server.Ask with To" ->
				this.server.askAsync(Message.of(arg(call, 0), "who?").namespace("default").to(arg(call, 1)), LONG);
			default -> throw new IllegalArgumentException("Unknown call " + call);
		};
		this.results.report(call.text(), result);
	}

	private static NSConn ns(Conn conn) {
		return Objects.requireNonNull(conn.namespace("default"));
	}

	private static String arg(Step call, int index) {
		return call.source().get("args").get(index).asString();
	}

}
