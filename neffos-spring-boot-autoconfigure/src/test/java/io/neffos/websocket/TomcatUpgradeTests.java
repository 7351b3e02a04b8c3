package io.neffos.websocket;

/** Connections taken over from Tomcat. */
class TomcatUpgradeTests extends AbstractContainerTests {

	@Override
	RealServer.Setup setup() {
		return RealServer.tomcat(RealServer.Transport.UPGRADE);
	}

}
