package io.neffos.websocket;

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
	RealServer.Setup setup() {
		return RealServer.jetty(RealServer.Transport.STANDARD).decorated(JettySessionTests::decorating);
	}

	private static HandshakeHandler decorating(HandshakeHandler handshakes) {
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
