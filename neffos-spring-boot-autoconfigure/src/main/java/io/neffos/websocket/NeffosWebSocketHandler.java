package io.neffos.websocket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.neffos.ConnIdGenerator;
import io.neffos.HandshakeInfo;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageParts;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.SocketListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

/**
 * Adapts Spring's WebSocket sessions to the engine: one {@link Socket} out, one
 * {@link SocketListener} in, per session. Takes messages in parts, so that containers
 * need no buffer of the largest message for each connection.
 *
 * @since 0.1.0
 */
public final class NeffosWebSocketHandler implements WebSocketHandler {

	private static final Log logger = LogFactory.getLog(NeffosWebSocketHandler.class);

	private static final String INBOUND = NeffosWebSocketHandler.class.getName() + ".inbound";

	private final DefaultNeffosServer server;

	private final ConnIdGenerator ids;

	private final Executor io;

	/**
	 * Create an adapter.
	 * @param server what takes the sockets
	 * @param ids what chooses their ids
	 * @param io runs what may block: closing, and writing where the session is not one of
	 * Jakarta's; must not refuse work, and its threads bound how many such sessions can
	 * stall before they hold up each other
	 */
	public NeffosWebSocketHandler(DefaultNeffosServer server, ConnIdGenerator ids, Executor io) {
		this.server = server;
		this.ids = ids;
		this.io = io;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		HandshakeInfo handshake = handshake(session);
		String id = this.ids.generate(handshake);
		if (id == null || id.isEmpty()) {
			throw new IllegalStateException("The ConnIdGenerator " + this.ids.getClass().getName()
					+ " returned an empty id; an id is a text of at least one character");
		}
		MessageSocket socket;
		if (session instanceof StandardWebSocketSession standard) {
			socket = new JakartaSocket(standard.getNativeSession(), this.server.sendTimeout(), this.io);
		}
		else {
			session.setTextMessageSizeLimit(this.server.maxFrameSize());
			session.setBinaryMessageSizeLimit(this.server.maxFrameSize());
			socket = new SessionSocket(session, this.io);
		}
		SocketListener listener = this.server.open(socket, handshake, id);
		session.getAttributes().put(INBOUND, new MessageParts(listener, this.server.maxFrameSize()));
	}

	private static HandshakeInfo handshake(WebSocketSession session) {
		Map<String, List<String>> headers = new HashMap<>();
		session.getHandshakeHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
		return new HandshakeInfo(Objects.requireNonNull(session.getUri()), headers, session.getPrincipal(),
				session.getRemoteAddress(), session.getAcceptedProtocol());
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		if (session.getAttributes().get(INBOUND) instanceof MessageParts inbound) {
			if (message instanceof TextMessage part) {
				inbound.onText(part.getPayload(), part.isLast());
			}
			else if (message instanceof BinaryMessage part) {
				inbound.onBinary(part.getPayload(), part.isLast());
			}
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		// The close that follows is what counts; peers that vanish are no news.
		if (logger.isDebugEnabled()) {
			logger.debug("Transport error [session=" + session.getId() + "]: " + exception);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		if (session.getAttributes().remove(INBOUND) instanceof MessageParts inbound) {
			inbound.listener().onClose(new CloseReason(status.getCode(), Objects.toString(status.getReason(), "")));
		}
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

}
