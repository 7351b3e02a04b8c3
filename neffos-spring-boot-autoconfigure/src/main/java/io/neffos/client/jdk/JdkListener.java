package io.neffos.client.jdk;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageParts;
import io.neffos.transport.SocketListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK tells of one WebSocket, passed on. Nothing is asked for before somebody
 * wants to read, and then one part at a time, so that what is not read yet stays in the
 * network.
 */
final class JdkListener implements WebSocket.Listener {

	private static final Log logger = LogFactory.getLog(JdkListener.class);

	/** How long the closing handshake may take after its first half, in milliseconds. */
	static final long CLOSE_MILLIS = 2_000;

	private final String peer;

	private final int maxFrameSize;

	private final Delivery delivery = new Delivery();

	private final Demand demand = new Demand();

	private final AtomicBoolean reading = new AtomicBoolean();

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private volatile @Nullable Heartbeat heartbeat;

	private volatile @Nullable WebSocket opened;

	private volatile boolean abandoned;

	JdkListener(String peer, int maxFrameSize) {
		this.peer = peer;
		this.maxFrameSize = maxFrameSize;
	}

	/** Nobody wants the socket, whether it is open already or will be. */
	void abandon() {
		this.abandoned = true;
		WebSocket open = this.opened;
		if (open != null) {
			open.abort();
		}
	}

	void start(WebSocket webSocket, SocketListener listener) {
		this.delivery.start(new MessageParts(listener, this.maxFrameSize));
		read(webSocket);
	}

	/** Begin to read, for the close frame if nobody listens. */
	void read(WebSocket webSocket) {
		if (this.reading.compareAndSet(false, true)) {
			webSocket.request(1);
		}
	}

	void pause() {
		this.demand.pause();
	}

	void resume(WebSocket webSocket) {
		this.demand.resume(webSocket);
	}

	/** Completes when the connection has ended. */
	CompletableFuture<@Nullable Void> ended() {
		return this.ended;
	}

	/** End the connection without a word. */
	void abort(WebSocket webSocket) {
		webSocket.abort();
		end(new CloseReason(CloseReason.ABNORMAL, ""));
	}

	/** From now on, notice that the peer is gone. */
	void watch(WebSocket webSocket, Duration interval) {
		Heartbeat beats = new Heartbeat(interval, webSocket, this.demand::isPaused, () -> abort(webSocket));
		this.heartbeat = beats;
		beats.start();
		this.ended.thenRun(beats::stop);
	}

	private void heard() {
		Heartbeat beats = this.heartbeat;
		if (beats != null) {
			beats.heard();
		}
	}

	private void end(CloseReason reason) {
		this.ended.complete(null);
		this.delivery.end(reason);
	}

	@Override
	public void onOpen(WebSocket webSocket) {
		this.opened = webSocket;
		if (this.abandoned) {
			webSocket.abort();
		}
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		heard();
		MessageParts parts = this.delivery.enter();
		if (parts != null) {
			try {
				parts.onText(data, last);
			}
			finally {
				this.delivery.leave();
			}
		}
		this.demand.next(webSocket);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		heard();
		MessageParts parts = this.delivery.enter();
		if (parts != null) {
			try {
				parts.onBinary(data, last);
			}
			finally {
				this.delivery.leave();
			}
		}
		this.demand.next(webSocket);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
		heard();
		// The JDK answers it by itself.
		this.demand.next(webSocket);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
		heard();
		this.demand.next(webSocket);
		return null;
	}

	/**
	 * A close frame came, with its code or 1005; or the stream ended without one, which
	 * the JDK reports as 1006.
	 */
	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		if (statusCode == CloseReason.ABNORMAL) {
			abort(webSocket);
			return null;
		}
		end(new CloseReason(statusCode, reason));
		// The JDK answers the frame after this call and then lets go of the connection,
		// but
		// not if a write is stuck.
		CompletableFuture.delayedExecutor(CLOSE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run).execute(webSocket::abort);
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		if (logger.isDebugEnabled()) {
			logger.debug("The connection to " + this.peer + " was lost", error);
		}
		abort(webSocket);
	}

}
