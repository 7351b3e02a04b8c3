package io.neffos.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

import io.neffos.transport.BatchSocket;
import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;

/**
 * Gives whole messages to a handler of Spring, one after the other, on an executor: it
 * may block, and the thread that reads may not. Reads no more while many wait.
 */
final class SessionListener implements SocketListener {

	private static final Log logger = LogFactory.getLog(SessionListener.class);

	private static final int MANY = 64;

	private static final int FEW = 16;

	private final StreamSession session;

	private final WebSocketHandler handler;

	private final BatchSocket socket;

	private final Executor executor;

	private final Deque<WebSocketMessage<?>> messages = new ArrayDeque<>();

	private @Nullable CloseReason end;

	private boolean running;

	private boolean paused;

	SessionListener(StreamSession session, WebSocketHandler handler, BatchSocket socket, Executor executor) {
		this.session = session;
		this.handler = handler;
		this.socket = socket;
		this.executor = executor;
	}

	@Override
	public void onFrame(byte[] bytes, boolean binary) {
		int limit = binary ? this.session.getBinaryMessageSizeLimit() : this.session.getTextMessageSizeLimit();
		if (bytes.length > limit) {
			this.session.close(CloseStatus.TOO_BIG_TO_PROCESS);
			return;
		}
		boolean run;
		synchronized (this.messages) {
			this.messages.add(binary ? new BinaryMessage(bytes) : new TextMessage(bytes));
			if (!this.paused && this.messages.size() >= MANY) {
				this.paused = this.socket.pauseReading();
			}
			run = !this.running;
			this.running = true;
		}
		if (run) {
			this.executor.execute(this::run);
		}
	}

	@Override
	public void onTooBig() {
		// The socket closes.
	}

	@Override
	public void onClose(CloseReason reason) {
		this.session.ended();
		boolean run;
		synchronized (this.messages) {
			this.end = reason;
			run = !this.running;
			this.running = true;
		}
		if (run) {
			this.executor.execute(this::run);
		}
	}

	private void run() {
		while (true) {
			WebSocketMessage<?> message;
			CloseReason last = null;
			boolean resume = false;
			synchronized (this.messages) {
				message = this.messages.poll();
				if (message == null) {
					last = this.end;
					// After the end it stays running, so that nothing begins again.
					this.running = last != null;
				}
				else if (this.paused && this.messages.size() <= FEW) {
					this.paused = false;
					resume = true;
				}
			}
			if (resume) {
				this.socket.resumeReading();
			}
			if (message == null) {
				if (last != null) {
					tellEnd(this.handler, this.session, last);
				}
				return;
			}
			handle(message);
		}
	}

	private void handle(WebSocketMessage<?> message) {
		try {
			this.handler.handleMessage(this.session, message);
		}
		catch (Exception ex) {
			// The decorators of Spring let nothing through.
			logger.error("A handler failed", ex);
			this.session.close(CloseStatus.SERVER_ERROR);
		}
	}

	static void tellEnd(WebSocketHandler handler, StreamSession session, CloseReason reason) {
		try {
			handler.afterConnectionClosed(session, StreamSession.status(reason));
		}
		catch (Exception ex) {
			logger.error("A handler failed to end a session", ex);
		}
	}

}
