package io.neffos.websocket;

import java.util.List;

import io.neffos.engine.EngineSettings;

import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;

/** Tomcat, through its asynchronous API. */
class TomcatWebSocketTests extends AbstractContainerTests {

	@Override
	RealServer start(EngineSettings settings, List<String> subprotocols) {
		return RealServer.onTomcat(settings, subprotocols);
	}

	@Override
	RealServer startWithEmptyIds() {
		return new RealServer(TomcatServletWebServerAutoConfiguration.class, SETTINGS,
				new NeffosHandshakeHandler(List.of()), (handshake) -> "");
	}

}
