package io.neffos.websocket;

import java.util.Map;

import io.neffos.websocket.conformance.AbstractConformanceTests;

import org.springframework.web.socket.server.RequestUpgradeStrategy;

/** Tomcat's own sockets: says what our applications get where ours are not used. */
class ContainerConformanceTests extends AbstractConformanceTests {

	@Override
	protected RequestUpgradeStrategy strategy(int maxMessageSize) {
		return new PlainUpgradeStrategy();
	}

	@Override
	protected Map<String, String> differences() {
		return Map.of("7.5.1", "A reason that is not UTF-8 is told to be a wrong close frame, not a wrong text");
	}

}
