package io.neffos.websocket;

import java.util.concurrent.Executor;

import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;

import org.springframework.web.socket.WebSocketHandler;

/**
 * Passes everything on to whom took the socket over, and tells the end to the handlers
 * that an application has put around ours, too.
 */
final class TakenListener implements SocketListener {

	private final StreamSession session;

	private final WebSocketHandler handler;

	private final SocketListener listener;

	private final Executor executor;

	TakenListener(StreamSession session, WebSocketHandler handler, SocketListener listener, Executor executor) {
		this.session = session;
		this.handler = handler;
		this.listener = listener;
		this.executor = executor;
	}

	@Override
	public void onFrame(byte[] bytes, boolean binary) {
		this.listener.onFrame(bytes, binary);
	}

	@Override
	public void onTooBig() {
		this.listener.onTooBig();
	}

	@Override
	public void onViolation(CloseReason reason) {
		this.listener.onViolation(reason);
	}

	@Override
	public void onClose(CloseReason reason) {
		this.session.ended();
		this.listener.onClose(reason);
		this.executor.execute(() -> SessionListener.tellEnd(this.handler, this.session, reason));
	}

}
