package io.neffos.websocket;

/** As the other, on connections taken over from Tomcat. */
class TomcatUpgradeRefusalMatrixTests extends TomcatRefusalMatrixTests {

	@Override
	RealServer.Transport transport() {
		return RealServer.Transport.UPGRADE;
	}

}
