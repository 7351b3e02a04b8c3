package io.neffos.websocket;

import io.neffos.websocket.conformance.AbstractConformanceTests;
import org.junit.jupiter.api.AfterAll;

import org.springframework.web.socket.server.RequestUpgradeStrategy;

/** Our own sockets: strictly, without exception. */
class StreamConformanceTests extends AbstractConformanceTests {

	private final OurStrategies strategies = new OurStrategies();

	@Override
	protected RequestUpgradeStrategy strategy(int maxMessageSize) {
		return this.strategies.next(maxMessageSize);
	}

	@AfterAll
	void stopLoops() {
		this.strategies.close();
	}

}
