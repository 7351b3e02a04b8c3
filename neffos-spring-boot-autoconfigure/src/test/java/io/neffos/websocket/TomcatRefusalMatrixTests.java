package io.neffos.websocket;

import java.net.http.HttpClient;

import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.client.AbstractRefusalMatrixTests;
import io.neffos.client.jdk.JdkDialer;
import io.neffos.testkit.EventLog;
import io.neffos.transport.Dialer;

/** Over a real socket: the WebSocket of the JDK against Tomcat. */
class TomcatRefusalMatrixTests extends AbstractRefusalMatrixTests {

	private RealServer server;

	@Override
	protected NeffosServer start(Namespaces namespaces) {
		this.server = RealServer.tomcat(transport()).namespaces(namespaces).start();
		return this.server.server();
	}

	RealServer.Transport transport() {
		return RealServer.Transport.STANDARD;
	}

	@Override
	protected Dialer dialer() {
		return new JdkDialer(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
	}

	@Override
	protected String uri() {
		return "ws://localhost:" + this.server.port() + RealServer.PATH;
	}

	@Override
	protected int serverTimers() {
		return this.server.timers();
	}

	@Override
	protected boolean logServerWrites(EventLog journal) {
		return false;
	}

	@Override
	protected void stop() {
		this.server.close();
	}

}
