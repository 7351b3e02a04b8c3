package io.neffos.websocket.conformance;

import java.io.IOException;
import java.util.Map;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/** A Tomcat that sends back every message, upgraded by a given strategy. */
public final class EchoServer implements AutoCloseable {

	static final String PATH = "/echo";

	private final AnnotationConfigServletWebServerApplicationContext context = new AnnotationConfigServletWebServerApplicationContext();

	/**
	 * Start a server.
	 * @param strategy how connections are upgraded
	 * @param maxMessageSize the limit of the container's own sockets; others have theirs
	 */
	public EchoServer(RequestUpgradeStrategy strategy, int maxMessageSize) {
		TestPropertyValues
			.of("server.port=0",
					"server.servlet.context-parameters.[org.apache.tomcat.websocket.textBufferSize]=" + maxMessageSize,
					"server.servlet.context-parameters.[org.apache.tomcat.websocket.binaryBufferSize]="
							+ maxMessageSize)
			.applyTo(this.context);
		this.context.register(TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class);
		this.context.registerBean(WebSocketHandlerMapping.class, () -> {
			WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
			mapping.setUrlMap(
					Map.of(PATH, new WebSocketHttpRequestHandler(new Echo(), new DefaultHandshakeHandler(strategy))));
			mapping.setOrder(1);
			return mapping;
		});
		this.context.refresh();
	}

	public int port() {
		return this.context.getWebServer().getPort();
	}

	@Override
	public void close() {
		this.context.close();
	}

	private static final class Echo extends AbstractWebSocketHandler {

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
			session.sendMessage(message);
		}

		@Override
		protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws IOException {
			session.sendMessage(message);
		}

	}

}
