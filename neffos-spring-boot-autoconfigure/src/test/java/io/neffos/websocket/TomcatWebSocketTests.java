package io.neffos.websocket;

/** Tomcat, through its asynchronous API. */
class TomcatWebSocketTests extends AbstractContainerTests {

	@Override
	RealServer.Setup setup() {
		return RealServer.tomcat(RealServer.Transport.STANDARD);
	}

}
