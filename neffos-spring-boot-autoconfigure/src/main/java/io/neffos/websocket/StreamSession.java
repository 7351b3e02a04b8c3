package io.neffos.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;

import io.neffos.nio.StreamSocket;
import io.neffos.transport.BatchSocket;
import io.neffos.transport.CloseReason;
import io.neffos.transport.ServerFrame;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ExceptionWebSocketHandlerDecorator;
import org.springframework.web.socket.handler.LoggingWebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * The session of Spring over a socket of our own. Once a handler has taken the
 * {@linkplain #takeOver socket itself} nothing refers to the session, unless a decorator
 * of the application wants to know when it ends.
 * <p>
 * Sending never blocks: what the network does not take waits, up to a bound, past which
 * the session is closed.
 */
final class StreamSession implements WebSocketSession {

	private static final Log logger = LogFactory.getLog(StreamSession.class);

	private final URI uri;

	private final Map<String, List<String>> headers;

	private final Map<String, Object> attributes;

	private final @Nullable Principal principal;

	private final @Nullable InetSocketAddress local;

	private final @Nullable InetSocketAddress remote;

	private final @Nullable String subprotocol;

	private final WebSocketHandler handler;

	private final Executor executor;

	private @Nullable StreamSocket socket;

	private @Nullable SessionOutbox outbox;

	private @Nullable SocketListener taken;

	private @Nullable String id;

	private volatile int textLimit = Integer.MAX_VALUE;

	private volatile int binaryLimit = Integer.MAX_VALUE;

	private volatile boolean open = true;

	StreamSession(URI uri, Map<String, List<String>> headers, Map<String, Object> attributes,
			@Nullable Principal principal, @Nullable InetSocketAddress local, @Nullable InetSocketAddress remote,
			@Nullable String subprotocol, WebSocketHandler handler, Executor executor) {
		this.uri = uri;
		this.headers = headers;
		this.attributes = attributes;
		this.principal = principal;
		this.local = local;
		this.remote = remote;
		this.subprotocol = subprotocol;
		this.handler = handler;
		this.executor = executor;
	}

	/** Tell the handler, and then begin to read. Once. */
	void begin(StreamSocket socket) {
		this.socket = socket;
		try {
			this.handler.afterConnectionEstablished(this);
		}
		catch (Exception ex) {
			// The decorators of Spring let nothing through.
			logger.error("A handler failed to begin a session", ex);
			close(CloseStatus.SERVER_ERROR);
		}
		SocketListener listener = this.taken;
		if (listener == null) {
			listener = new SessionListener(this, this.handler, socket, this.executor);
		}
		else if (!isPlain(this.handler)) {
			listener = new TakenListener(this, this.handler, listener, this.executor);
		}
		socket.start(listener);
	}

	/** Whether nothing of the application is between Spring and our handler. */
	private static boolean isPlain(WebSocketHandler handler) {
		WebSocketHandler current = handler;
		while (current instanceof WebSocketHandlerDecorator decorator) {
			Class<?> type = current.getClass();
			if (type != ExceptionWebSocketHandlerDecorator.class && type != LoggingWebSocketHandlerDecorator.class) {
				return false;
			}
			current = decorator.getDelegate();
		}
		return true;
	}

	/**
	 * The socket, for a handler that wants no messages of Spring. While the session is
	 * being established.
	 */
	BatchSocket socket() {
		return Objects.requireNonNull(this.socket);
	}

	/** Have everything that arrives told to somebody else. Goes with {@link #socket}. */
	void takeOver(SocketListener listener) {
		this.taken = listener;
	}

	/** The session has ended. */
	void ended() {
		this.open = false;
	}

	@Override
	public synchronized String getId() {
		String result = this.id;
		if (result == null) {
			result = UUID.randomUUID().toString();
			this.id = result;
		}
		return result;
	}

	@Override
	public URI getUri() {
		return this.uri;
	}

	@Override
	public HttpHeaders getHandshakeHeaders() {
		HttpHeaders result = new HttpHeaders();
		this.headers.forEach(result::addAll);
		return result;
	}

	/** The headers, as a handler wants them that takes the socket over. */
	Map<String, List<String>> headers() {
		return this.headers;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

	@Override
	public @Nullable Principal getPrincipal() {
		return this.principal;
	}

	@Override
	public @Nullable InetSocketAddress getLocalAddress() {
		return this.local;
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return this.remote;
	}

	@Override
	public @Nullable String getAcceptedProtocol() {
		return this.subprotocol;
	}

	@Override
	public void setTextMessageSizeLimit(int limit) {
		this.textLimit = limit;
	}

	@Override
	public int getTextMessageSizeLimit() {
		return this.textLimit;
	}

	@Override
	public void setBinaryMessageSizeLimit(int limit) {
		this.binaryLimit = limit;
	}

	@Override
	public int getBinaryMessageSizeLimit() {
		return this.binaryLimit;
	}

	@Override
	public List<WebSocketExtension> getExtensions() {
		return List.of();
	}

	@Override
	public void sendMessage(WebSocketMessage<?> message) throws IOException {
		if (!this.open) {
			throw new IOException("The session is closed");
		}
		if (!message.isLast()) {
			throw new IllegalArgumentException("Only whole messages can be sent");
		}
		SessionOutbox out = outbox();
		boolean taken;
		if (message instanceof TextMessage text) {
			taken = out.add(new WireFrame(text.asBytes(), false));
		}
		else if (message instanceof BinaryMessage binary) {
			taken = out.add(new WireFrame(bytes(binary.getPayload()), true));
		}
		else if (message instanceof PingMessage ping) {
			taken = out.addControl(ServerFrame.PING, bytes(ping.getPayload()));
		}
		else if (message instanceof PongMessage pong) {
			taken = out.addControl(ServerFrame.PONG, bytes(pong.getPayload()));
		}
		else {
			throw new IllegalArgumentException("There is no such message: " + message.getClass().getName());
		}
		if (!taken) {
			close(CloseStatus.POLICY_VIOLATION.withReason("too slow"));
			throw new IOException("The peer reads less than is sent to it");
		}
	}

	private static byte[] bytes(ByteBuffer payload) {
		ByteBuffer from = payload.duplicate();
		byte[] result = new byte[from.remaining()];
		from.get(result);
		return result;
	}

	private synchronized SessionOutbox outbox() {
		SessionOutbox result = this.outbox;
		if (result == null) {
			result = new SessionOutbox(socket());
			this.outbox = result;
		}
		return result;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public void close() {
		close(CloseStatus.NORMAL);
	}

	@Override
	public void close(CloseStatus status) {
		this.open = false;
		String reason = Objects.toString(status.getReason(), "");
		socket().close(new CloseReason(status.getCode(), reason));
	}

	@Override
	public String toString() {
		return "StreamSession[id=" + getId() + ", uri=" + this.uri + "]";
	}

	static CloseStatus status(CloseReason reason) {
		return new CloseStatus(reason.code(), reason.reason().isEmpty() ? null : reason.reason());
	}

}
