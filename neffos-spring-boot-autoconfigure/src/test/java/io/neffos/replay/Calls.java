package io.neffos.replay;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.replay.Step.Kind;
import org.jspecify.annotations.Nullable;

/** What the application of the Go server called outside of its handlers. */
final class Calls {

	/** Expires while the replay waits, so it is short. */
	private static final Duration UNANSWERED = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofSeconds(20);

	private final Journal journal;

	private final NeffosServer server;

	Calls(Journal journal, NeffosServer server) {
		this.journal = journal;
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
		report(this.journal, call.text(), result);
	}

	/** Note what becomes of a call. */
	static <T> CompletableFuture<T> report(Journal journal, String call, CompletableFuture<T> result) {
		return result.whenComplete((value, failure) -> journal.add(Kind.RESULT, "",
				call + ": " + ((failure != null) ? "error '" + text(failure) + "'" : text(value))));
	}

	private static String text(@Nullable Object value) {
		if (value instanceof Message answer) {
			return "'" + answer.text() + "'";
		}
		return (value instanceof Boolean) ? value.toString() : "true";
	}

	/** The words of the original, which has texts where we have types. */
	private static @Nullable String text(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof BadNamespaceException) {
			return "bad namespace";
		}
		if (cause instanceof BadRoomException) {
			return "bad room";
		}
		return (cause instanceof AskTimeoutException) ? "context deadline exceeded" : cause.getMessage();
	}

	private static NSConn ns(Conn conn) {
		return Objects.requireNonNull(conn.namespace("default"));
	}

	private static String arg(Step call, int index) {
		return call.source().get("args").get(index).asString();
	}

}
