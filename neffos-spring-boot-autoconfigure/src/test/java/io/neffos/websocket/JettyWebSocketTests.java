package io.neffos.websocket;

/** Jetty, through its asynchronous API. */
class JettyWebSocketTests extends AbstractContainerTests {

	@Override
	RealServer.Setup setup() {
		return RealServer.jetty(RealServer.Transport.STANDARD);
	}

}
