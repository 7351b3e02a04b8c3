package io.neffos.client.jdk;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** A socket over an open WebSocket of the JDK: no thread waits for a slow peer. */
final class JdkSocket implements DialedSocket {

	/** How long a close frame may take to reach the network, in milliseconds. */
	private static final long STUCK_MILLIS = 500;

	private final WebSocket webSocket;

	private final JdkListener listener;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Duration heartbeat;

	JdkSocket(WebSocket webSocket, JdkListener listener, Duration heartbeat) {
		this.webSocket = webSocket;
		this.listener = listener;
		this.heartbeat = heartbeat;
	}

	@Override
	public @Nullable String subprotocol() {
		String subprotocol = this.webSocket.getSubprotocol();
		return subprotocol.isEmpty() ? null : subprotocol;
	}

	@Override
	public void start(SocketListener listener) {
		this.listener.start(this.webSocket, listener);
		this.listener.watch(this.webSocket, this.heartbeat);
	}

	@Override
	public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
		send(frame).whenComplete((sent, failure) -> done.accept((failure != null) ? unwrap(failure) : null));
	}

	private CompletableFuture<WebSocket> send(WireFrame frame) {
		try {
			return frame.binary() ? this.webSocket.sendBinary(ByteBuffer.wrap(frame.bytes()), true)
					: this.webSocket.sendText(frame.text(), true);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public boolean pauseReading() {
		this.listener.pause();
		return true;
	}

	@Override
	public void resumeReading() {
		this.listener.resume(this.webSocket);
	}

	@Override
	public void close(CloseReason reason) {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		// The close frame of the peer is to be read, whatever comes before it.
		this.listener.resume(this.webSocket);
		this.listener.read(this.webSocket);
		// Queued behind a write that is under way, so this is also the test whether that
		// one is stuck.
		sendClose(reason).copy().orTimeout(STUCK_MILLIS, TimeUnit.MILLISECONDS).whenComplete((sent, failure) -> {
			if (failure != null && !(unwrap(failure) instanceof IOException)) {
				this.listener.abort(this.webSocket);
				return;
			}
			// Also after a failure: the peer's close frame may wait to be read.
			this.listener.ended()
				.copy()
				.orTimeout(JdkListener.CLOSE_MILLIS, TimeUnit.MILLISECONDS)
				.whenComplete((nothing, late) -> {
					if (late != null) {
						this.listener.abort(this.webSocket);
					}
				});
		});
	}

	private CompletableFuture<WebSocket> sendClose(CloseReason reason) {
		try {
			return this.webSocket.sendClose(sendableCode(reason.code()), reason.reason());
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * The JDK keeps these codes to itself or to servers and refuses them from an
	 * application that is a client. What they have in common is that the peer, or a
	 * bound, is why the connection ends; of the codes that are left, one says just that.
	 */
	private static int sendableCode(int code) {
		return switch (code) {
			case 1002, 1003, 1007, 1009, 1010, 1012, 1013, 1014 -> CloseReason.POLICY_VIOLATION;
			default -> code;
		};
	}

	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
