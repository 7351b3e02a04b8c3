package io.neffos.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.neffos.RemoteConn;
import io.neffos.WriteClosedException;
import io.neffos.cluster.Call;
import io.neffos.cluster.Call.Kind;
import io.neffos.cluster.Delivery;
import io.neffos.cluster.Outcome;
import io.neffos.cluster.Outcome.Status;
import org.jspecify.annotations.Nullable;

/**
 * A connection by its id: looked for here first, and then on the other servers.
 *
 * @param id the id
 * @param here does what is asked for here
 * @param elsewhere does it on other servers, or {@code null} if there are none
 */
record ConnById(String id, RemoteService here, @Nullable RemoteCalls elsewhere) implements RemoteConn {

	private static final byte[] NO_BYTES = new byte[0];

	@Override
	public CompletableFuture<@Nullable Void> connectAsync(String namespace, Duration timeout) {
		return run(Kind.CONNECT, namespace, "", 0, "", timeout);
	}

	@Override
	public CompletableFuture<@Nullable Void> disconnectAsync(String namespace, Duration timeout) {
		return run(Kind.DISCONNECT, namespace, "", 0, "", timeout);
	}

	@Override
	public CompletableFuture<@Nullable Void> joinRoomAsync(String namespace, String room, Duration timeout) {
		return run(Kind.JOIN, namespace, room, 0, "", timeout);
	}

	@Override
	public CompletableFuture<@Nullable Void> leaveRoomAsync(String namespace, String room, Duration timeout) {
		return run(Kind.LEAVE, namespace, room, 0, "", timeout);
	}

	@Override
	public CompletableFuture<@Nullable Void> closeAsync(int code, String reason, Duration timeout) {
		return run(Kind.CLOSE, "", "", code, reason, timeout);
	}

	private CompletableFuture<@Nullable Void> run(Kind kind, String namespace, String room, int code, String reason,
			Duration timeout) {
		Delivery target = new Delivery(namespace, room, this.id, null, Set.of(), false, true, NO_BYTES);
		return this.here.serve(new Call(kind, target, code, reason, timeout)).thenCompose((outcome) -> {
			if (outcome.status() != Status.ABSENT) {
				return completed(outcome);
			}
			if (this.elsewhere == null) {
				return CompletableFuture
					.failedFuture(new WriteClosedException("There is no connection with the id " + this.id));
			}
			return this.elsewhere.command(kind, this.id, namespace, room, code, reason, timeout);
		});
	}

	private static CompletableFuture<@Nullable Void> completed(Outcome outcome) {
		return (outcome.status() == Status.DONE) ? CompletableFuture.completedFuture(null)
				: CompletableFuture.failedFuture(RemoteCalls.toException(outcome));
	}

}
