package io.neffos.websocket;

import java.util.List;

import io.neffos.engine.EngineSettings;

/** Jetty, through its asynchronous API. */
class JettyWebSocketTests extends AbstractContainerTests {

	@Override
	RealServer start(EngineSettings settings, List<String> subprotocols) {
		return new RealServer(JettyContainer.class, settings, new NeffosHandshakeHandler(subprotocols));
	}

	@Override
	RealServer startWithEmptyIds() {
		return new RealServer(JettyContainer.class, SETTINGS, new NeffosHandshakeHandler(List.of()), (handshake) -> "");
	}

}
