package io.neffos.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.neffos.nio.IoLoops;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Upgrades to sockets of our own, on which a few loops read and write for everybody,
 * where {@link Containers#canUpgrade the container} lets us. Agrees on no extension.
 * <p>
 * Serves any {@link WebSocketHandler}: a {@link NeffosWebSocketHandler} gets the socket
 * itself, others whole messages, in order and on the executor.
 *
 * @since 0.1.0
 */
public final class StreamUpgradeStrategy implements RequestUpgradeStrategy {

	private static final Log logger = LogFactory.getLog(StreamUpgradeStrategy.class);

	private static final String VERSION = "13";

	private static final String KEY = "Sec-WebSocket-Key";

	private final IoLoops loops;

	private final Executor executor;

	/** What upgrades once it has turned out that we cannot. */
	private volatile @Nullable RequestUpgradeStrategy instead;

	/**
	 * Create a strategy.
	 * @param loops read and write
	 * @param executor runs handlers other than ours; must not refuse work
	 */
	public StreamUpgradeStrategy(IoLoops loops, Executor executor) {
		this.loops = loops;
		this.executor = executor;
	}

	IoLoops loops() {
		return this.loops;
	}

	/**
	 * Leave all further connections to the container. Whether it has connections of the
	 * kind that we need shows with the first, which is lost.
	 */
	void giveUp() {
		if (this.instead == null) {
			logger.warn("The connector has no NIO channels, so WebSockets are served by the container from now on;"
					+ " neffos.transport=standard does so from the beginning");
			this.instead = new PlainUpgradeStrategy();
		}
	}

	@Override
	public String[] getSupportedVersions() {
		return new String[] { VERSION };
	}

	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String subprotocol,
			List<WebSocketExtension> extensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) throws HandshakeFailureException {
		RequestUpgradeStrategy other = this.instead;
		if (other != null) {
			other.upgrade(request, response, subprotocol, extensions, user, handler, attributes);
			return;
		}
		Assert.isInstanceOf(ServletServerHttpRequest.class, request, "Only requests of servlets can be upgraded");
		Assert.isInstanceOf(ServletServerHttpResponse.class, response, "Only requests of servlets can be upgraded");
		HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
		HttpServletResponse servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
		String key = request.getHeaders().getFirst(KEY);
		if (!AcceptKey.isLegal(key)) {
			response.setStatusCode(HttpStatus.BAD_REQUEST);
			return;
		}
		StreamSession session = new StreamSession(request.getURI(), headers(servletRequest), attributes, user,
				address(servletRequest.getLocalAddr(), servletRequest.getLocalPort()),
				address(servletRequest.getRemoteAddr(), servletRequest.getRemotePort()), subprotocol, handler,
				this.executor);
		servletResponse.setHeader(HttpHeaders.UPGRADE, "websocket");
		servletResponse.setHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
		servletResponse.setHeader("Sec-WebSocket-Accept", AcceptKey.answer(Objects.requireNonNull(key)));
		if (subprotocol != null) {
			servletResponse.setHeader("Sec-WebSocket-Protocol", subprotocol);
		}
		try {
			servletRequest.upgrade(TomcatUpgradeHandler.class).prepare(session, this);
		}
		catch (IOException | ServletException ex) {
			throw new HandshakeFailureException("The container did not upgrade " + request.getURI(), ex);
		}
	}

	/** A copy: the container uses the request again. */
	private static Map<String, List<String>> headers(HttpServletRequest request) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		Enumeration<String> names = request.getHeaderNames();
		while (names.hasMoreElements()) {
			String name = names.nextElement();
			List<String> values = new ArrayList<>(1);
			request.getHeaders(name).asIterator().forEachRemaining(values::add);
			headers.put(name, values);
		}
		return headers;
	}

	/** Without a look at the name service, which containers do for host names. */
	private static @Nullable InetSocketAddress address(@Nullable String host, int port) {
		if (host == null || host.isEmpty() || port < 0) {
			return null;
		}
		try {
			return new InetSocketAddress(InetAddress.getByName(host), port);
		}
		catch (UnknownHostException ex) {
			return InetSocketAddress.createUnresolved(host, port);
		}
	}

}
