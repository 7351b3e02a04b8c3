package io.neffos.websocket;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Encrypted connections taken over from Tomcat. */
class TomcatSecureUpgradeTests extends AbstractContainerTests {

	private TestTls tls;

	@Override
	@BeforeAll
	void startServer() throws Exception {
		this.tls = new TestTls();
		super.startServer();
	}

	@Override
	@AfterAll
	void stopServer() throws Exception {
		super.stopServer();
		this.tls.close();
	}

	@Override
	RealServer.Setup setup() {
		return RealServer.tomcat(RealServer.Transport.UPGRADE).secure(this.tls);
	}

}
