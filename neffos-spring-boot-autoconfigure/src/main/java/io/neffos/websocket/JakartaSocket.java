package io.neffos.websocket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.WireFrame;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/**
 * A socket over the asynchronous API of Jakarta WebSocket: no thread waits for a slow
 * peer, and a write that takes too long fails.
 */
final class JakartaSocket implements MessageSocket {

	/** How long Tomcat's close waits for a write that is stuck, in milliseconds. */
	private static final String TOMCAT_BLOCKING_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	/** How long Tomcat waits for the answer to a close frame, in milliseconds. */
	private static final String TOMCAT_CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

	private static final long STUCK_CLOSE_MILLIS = 500;

	private final Session session;

	private final RemoteEndpoint.Async remote;

	private final Executor io;

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile boolean writing;

	JakartaSocket(Session session, Duration sendTimeout, Duration closeTimeout, Executor io) {
		this.session = session;
		this.remote = session.getAsyncRemote();
		this.remote.setSendTimeout(sendTimeout.toMillis());
		session.getUserProperties().put(TOMCAT_BLOCKING_TIMEOUT, sendTimeout.toMillis());
		session.getUserProperties().put(TOMCAT_CLOSE_TIMEOUT, closeTimeout.toMillis());
		this.io = io;
	}

	@Override
	public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
		AtomicBoolean told = new AtomicBoolean();
		SendHandler handler = (result) -> {
			if (told.compareAndSet(false, true)) {
				this.writing = false;
				done.accept(failure(result));
			}
		};
		this.writing = true;
		try {
			if (frame.binary()) {
				this.remote.sendBinary(ByteBuffer.wrap(frame.bytes()), handler);
			}
			else {
				this.remote.sendText(frame.text(), handler);
			}
		}
		catch (RuntimeException ex) {
			// Closed meanwhile. Some containers also call the handler, hence the flag.
			if (told.compareAndSet(false, true)) {
				this.writing = false;
				done.accept(ex);
			}
		}
	}

	private static @Nullable Throwable failure(SendResult result) {
		if (result.isOK()) {
			return null;
		}
		Throwable failure = result.getException();
		Throwable cause = failure;
		while (cause != null) {
			if (cause instanceof SocketTimeoutException) {
				return cause;
			}
			cause = cause.getCause();
		}
		return (failure != null) ? failure : new IOException("The container gave no reason");
	}

	/**
	 * Ask the peer for a sign of life, unless something is being written. A peer that
	 * does not even take that is found out by the timeout of the write.
	 * @return whether it is asked
	 */
	boolean ping() {
		if (this.writing || this.closed.get()) {
			return false;
		}
		this.io.execute(() -> {
			try {
				this.remote.sendPing(ByteBuffer.allocate(0));
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
		if (this.writing) {
			this.session.getUserProperties().put(TOMCAT_BLOCKING_TIMEOUT, STUCK_CLOSE_MILLIS);
		}
		this.io.execute(() -> {
			try {
				this.session
					.close(new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(reason.code()), reason.reason()));
			}
			catch (IOException | RuntimeException ex) {
				// The container tells its listener that the session is gone, however it
				// went.
			}
		});
	}

}
