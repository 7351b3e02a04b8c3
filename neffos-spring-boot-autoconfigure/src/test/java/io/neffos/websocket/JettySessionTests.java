package io.neffos.websocket;

import java.util.List;

import io.neffos.engine.EngineSettings;

import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;
import org.springframework.web.socket.server.HandshakeHandler;

/**
 * Jetty, and an application whose handshake handler decorates sessions: we know no more
 * of them than that they are Spring's, and their writes block.
 */
class JettySessionTests extends AbstractContainerTests {

	@Override
	RealServer start(EngineSettings settings, List<String> subprotocols) {
		return new RealServer(JettyContainer.class, settings, decorating(subprotocols));
	}

	@Override
	RealServer startWithEmptyIds() {
		return new RealServer(JettyContainer.class, SETTINGS, decorating(List.of()), (handshake) -> "");
	}

	private static HandshakeHandler decorating(List<String> subprotocols) {
		NeffosHandshakeHandler handshakes = new NeffosHandshakeHandler(subprotocols);
		return (request, response, handler, attributes) -> handshakes.doHandshake(request, response,
				new SessionDecorating(handler), attributes);
	}

	private static final class SessionDecorating extends WebSocketHandlerDecorator {

		SessionDecorating(WebSocketHandler delegate) {
			super(delegate);
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) throws Exception {
			super.afterConnectionEstablished(new WebSocketSessionDecorator(session));
		}

	}

}
