package io.neffos.websocket;

import java.time.Duration;
import java.util.LinkedHashMap;
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
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * Adapts Spring's WebSocket sessions to the engine: one {@link Socket} out, one
 * {@link SocketListener} in, per session. From a session of our own it takes the socket
 * itself; from others it takes messages in parts, so that containers need no buffer of
 * the largest message for each connection.
 *
 * @since 0.1.0
 */
public final class NeffosWebSocketHandler implements WebSocketHandler {

	private static final Log logger = LogFactory.getLog(NeffosWebSocketHandler.class);

	private static final String INBOUND = NeffosWebSocketHandler.class.getName() + ".inbound";

	private static final CloseReason NO_HEARTBEAT = new CloseReason(CloseReason.POLICY_VIOLATION, "no heartbeat");

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final DefaultNeffosServer server;

	private final ConnIdGenerator ids;

	private final Executor io;

	private final Heartbeat heartbeat;

	private final Duration closeTimeout;

	/**
	 * Create an adapter without a heartbeat.
	 * @param server what takes the sockets
	 * @param ids what chooses their ids
	 * @param io runs what may block
	 */
	public NeffosWebSocketHandler(DefaultNeffosServer server, ConnIdGenerator ids, Executor io) {
		this(server, ids, io, new Heartbeat(Duration.ZERO), CLOSE_TIMEOUT);
	}

	/**
	 * Create an adapter.
	 * @param server what takes the sockets
	 * @param ids what chooses their ids
	 * @param io runs what may block: closing, and writing where the session is not one of
	 * Jakarta's; must not refuse work, and its threads bound how many such sessions can
	 * stall before they hold up each other
	 * @param heartbeat finds out which peers of containers' sessions are alive
	 * @param closeTimeout how long the peer of a container's session has to answer a
	 * close frame
	 */
	public NeffosWebSocketHandler(DefaultNeffosServer server, ConnIdGenerator ids, Executor io, Heartbeat heartbeat,
			Duration closeTimeout) {
		this.server = server;
		this.ids = ids;
		this.io = io;
		this.heartbeat = heartbeat;
		this.closeTimeout = closeTimeout;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		HandshakeInfo handshake = handshake(session);
		String id = this.ids.generate(handshake);
		if (id == null || id.isEmpty()) {
			throw new IllegalStateException("The ConnIdGenerator " + this.ids.getClass().getName()
					+ " returned an empty id; an id is a text of at least one character");
		}
		if (WebSocketSessionDecorator.unwrap(session) instanceof StreamSession ours) {
			ours.takeOver(this.server.open(ours.socket(), handshake, id));
			return;
		}
		Pulse pulse;
		MessageSocket socket;
		if (session instanceof StandardWebSocketSession standard) {
			JakartaSocket jakarta = new JakartaSocket(standard.getNativeSession(), this.server.sendTimeout(),
					this.closeTimeout, this.io);
			socket = jakarta;
			pulse = new Pulse(jakarta::ping, () -> jakarta.close(NO_HEARTBEAT));
		}
		else {
			session.setTextMessageSizeLimit(this.server.maxFrameSize());
			session.setBinaryMessageSizeLimit(this.server.maxFrameSize());
			SessionSocket any = new SessionSocket(session, this.io);
			socket = any;
			pulse = new Pulse(any::ping, () -> any.close(NO_HEARTBEAT));
		}
		SocketListener listener = this.server.open(socket, handshake, id);
		session.getAttributes()
			.put(INBOUND, new Inbound(new MessageParts(listener, this.server.maxFrameSize()), pulse));
		this.heartbeat.add(pulse);
	}

	private static HandshakeInfo handshake(WebSocketSession session) {
		Map<String, List<String>> headers;
		if (WebSocketSessionDecorator.unwrap(session) instanceof StreamSession ours) {
			headers = ours.headers();
		}
		else {
			headers = new LinkedHashMap<>();
			session.getHandshakeHeaders().forEach(headers::put);
		}
		return new HandshakeInfo(Objects.requireNonNull(session.getUri()), headers, session.getPrincipal(),
				session.getRemoteAddress(), session.getAcceptedProtocol());
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		if (session.getAttributes().get(INBOUND) instanceof Inbound inbound) {
			inbound.pulse().heard();
			if (message instanceof TextMessage part) {
				inbound.parts().onText(part.getPayload(), part.isLast());
			}
			else if (message instanceof BinaryMessage part) {
				inbound.parts().onBinary(part.getPayload(), part.isLast());
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
		if (session.getAttributes().remove(INBOUND) instanceof Inbound inbound) {
			this.heartbeat.remove(inbound.pulse());
			inbound.parts()
				.listener()
				.onClose(new CloseReason(status.getCode(), Objects.toString(status.getReason(), "")));
		}
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

}
