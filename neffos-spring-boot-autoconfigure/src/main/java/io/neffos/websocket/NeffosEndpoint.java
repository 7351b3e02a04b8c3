package io.neffos.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.neffos.server.DefaultNeffosServer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.Lifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.ServletContextAware;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * The HTTP face of a server (protocol section 1): a {@code GET} upgrades, a {@code HEAD}
 * tells a client that wants to come back that the server is there, and nothing else is
 * allowed.
 *
 * @since 0.1.0
 */
public final class NeffosEndpoint implements HttpRequestHandler, ServletContextAware, Lifecycle {

	private static final String UPGRADE = "websocket";

	private final DefaultNeffosServer server;

	private final WebSocketHttpRequestHandler delegate;

	/**
	 * Create an endpoint.
	 * @param server the server behind it
	 * @param handler takes the sessions
	 * @param handshakeHandler upgrades
	 * @param interceptors decide before the upgrade, on the origin for example
	 */
	public NeffosEndpoint(DefaultNeffosServer server, NeffosWebSocketHandler handler, HandshakeHandler handshakeHandler,
			List<HandshakeInterceptor> interceptors) {
		this.server = server;
		this.delegate = new WebSocketHttpRequestHandler(handler, handshakeHandler);
		this.delegate.setHandshakeInterceptors(interceptors);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		if (this.server.isClosed()) {
			response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		}
		else if (HttpMethod.HEAD.matches(request.getMethod())) {
			// No Location: a client that follows redirects must stay here.
			response.setStatus(HttpServletResponse.SC_FOUND);
		}
		else if (!HttpMethod.GET.matches(request.getMethod())) {
			response.setHeader(HttpHeaders.ALLOW, HttpMethod.GET.name());
			response.setHeader("X-Content-Type-Options", "nosniff");
			answer(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method Not Allowed\n");
		}
		else if (!UPGRADE.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
			response.setHeader("Sec-WebSocket-Version", "13");
			answer(response, HttpServletResponse.SC_BAD_REQUEST, "Bad Request\n");
		}
		else {
			this.delegate.handleRequest(request, response);
		}
	}

	private static void answer(HttpServletResponse response, int status, String body) throws IOException {
		response.setStatus(status);
		response.setContentType(MediaType.TEXT_PLAIN_VALUE);
		response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public void setServletContext(ServletContext servletContext) {
		this.delegate.setServletContext(servletContext);
	}

	@Override
	public void start() {
		this.delegate.start();
	}

	@Override
	public void stop() {
		this.delegate.stop();
	}

	@Override
	public boolean isRunning() {
		return this.delegate.isRunning();
	}

}
