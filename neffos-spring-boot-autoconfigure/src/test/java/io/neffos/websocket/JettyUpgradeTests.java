package io.neffos.websocket;

/** Connections taken over from Jetty. */
class JettyUpgradeTests extends AbstractContainerTests {

	@Override
	RealServer.Setup setup() {
		return RealServer.jetty(RealServer.Transport.UPGRADE);
	}

}
