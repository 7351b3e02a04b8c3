package io.neffos.websocket;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A socket over any Spring session, whose writes block: they run on an executor, so a
 * stalled peer holds one thread and nobody else.
 */
final class SessionSocket implements MessageSocket {

	private final WebSocketSession session;

	private final Executor io;

	private final AtomicBoolean closed = new AtomicBoolean();

	SessionSocket(WebSocketSession session, Executor io) {
		this.session = session;
		this.io = io;
	}

	@Override
	public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
		try {
			this.io.execute(() -> done.accept(send(frame)));
		}
		catch (RejectedExecutionException ex) {
			done.accept(ex);
		}
	}

	private @Nullable Throwable send(WireFrame frame) {
		WebSocketMessage<?> message = frame.binary() ? new BinaryMessage(frame.bytes())
				: new TextMessage(frame.bytes());
		try {
			this.session.sendMessage(message);
			return null;
		}
		catch (IOException | RuntimeException ex) {
			return ex;
		}
	}

	/**
	 * Ask the peer for a sign of life.
	 * @return whether it is asked
	 */
	boolean ping() {
		if (this.closed.get()) {
			return false;
		}
		this.io.execute(() -> {
			try {
				this.session.sendMessage(new PingMessage());
			}
			catch (IOException | RuntimeException ex) {
				// Whoever writes next learns that, or the heartbeat, which hears nothing.
			}
		});
		return true;
	}

	@Override
	public void close(CloseReason reason) {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.io.execute(() -> {
			try {
				this.session.close(new CloseStatus(reason.code(), reason.reason()));
			}
			catch (IOException | RuntimeException ex) {
				// The container tells its listener that the session is gone, however it
				// went.
			}
		});
	}

}
