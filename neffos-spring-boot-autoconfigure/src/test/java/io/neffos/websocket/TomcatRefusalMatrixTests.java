package io.neffos.websocket;

import java.net.http.HttpClient;
import java.util.List;

import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.client.AbstractRefusalMatrixTests;
import io.neffos.client.jdk.JdkDialer;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.TestServer;
import io.neffos.transport.Dialer;

import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;

/** Over a real socket: the WebSocket of the JDK against Tomcat. */
class TomcatRefusalMatrixTests extends AbstractRefusalMatrixTests {

	private RealServer server;

	@Override
	protected NeffosServer start(Namespaces namespaces) {
		this.server = new RealServer(TomcatServletWebServerAutoConfiguration.class, TestServer.SETTINGS,
				new NeffosHandshakeHandler(List.of()), null, namespaces);
		return this.server.server();
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
