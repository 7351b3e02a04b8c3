package io.neffos.websocket;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.tomcat.TomcatWebServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What can go wrong between Tomcat and us, encrypted or not. */
@Timeout(60)
class TomcatTakeoverTests {

	private static final int BUFFER = 64 * 1024;

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final Duration SHORT = Duration.ofMillis(200);

	private TestTls tls;

	private RealServer server;

	private void start(boolean secure) throws Exception {
		start(secure, LONG, LONG, Duration.ZERO);
	}

	private void start(boolean secure, Duration receiveTimeout, Duration closeTimeout, Duration heartbeat)
			throws Exception {
		RealServer.Setup setup = RealServer.tomcat(RealServer.Transport.UPGRADE)
			.streams(receiveTimeout, closeTimeout, heartbeat);
		if (secure) {
			this.tls = new TestTls();
			setup.secure(this.tls);
		}
		this.server = setup.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
		if (this.tls != null) {
			this.tls.close();
		}
	}

	private AbstractProtocol<?> protocol() {
		return (AbstractProtocol<?>) ((TomcatWebServer) this.server.container()).getTomcat()
			.getConnector()
			.getProtocolHandler();
	}

	private void awaitNothingLeft() {
		await().untilAsserted(() -> {
			assertThat(this.server.server().connectionCount()).isZero();
			// Tomcat counts the one that it waits for.
			assertThat(protocol().getConnectionCount()).isLessThanOrEqualTo(1);
			assertThat(protocol().getWaitingProcessorCount()).isZero();
		});
	}

	@ParameterizedTest
	@CsvSource({ "false,1", "false,40", "true,1", "true,40" })
	void readsWhatComesTogetherWithTheRequest(boolean secure, int asks) throws Exception {
		start(secure);
		ByteArrayOutputStream behind = new ByteArrayOutputStream();
		String filler = "x".repeat(600);
		for (String text : List.of("M", "$1;chat;;_OnNamespaceConnect;0;0;")) {
			behind.writeBytes(RawClient.encode(true, RawClient.TEXT, text.getBytes(StandardCharsets.UTF_8)));
		}
		for (int i = 0; i < asks; i++) {
			behind.writeBytes(RawClient.encode(true, RawClient.TEXT,
					("$2" + i + ";chat;;echo;0;0;" + filler).getBytes(StandardCharsets.UTF_8)));
		}
		try (RawClient client = new RawClient(this.server, BUFFER, behind.toByteArray())) {
			assertThat(client.next()).startsWith("A");
			assertThat(client.next()).isEqualTo("$1;;;;;;");
			for (int i = 0; i < asks; i++) {
				assertThat(client.next()).isEqualTo("$2" + i + ";chat;;echo;0;0;" + filler);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leavesNothingInTomcatHoweverConnectionsEnd(boolean secure) throws Exception {
		start(secure);
		int rounds = secure ? 10 : 200;
		for (int i = 0; i < rounds; i++) {
			RawClient reset = new RawClient(this.server, BUFFER);
			RawClient gone = RawClient.chat(this.server, BUFFER);
			RawClient closing = new RawClient(this.server, BUFFER);
			RawClient quick = new RawClient(this.server, BUFFER,
					RawClient.encode(true, RawClient.CLOSE, new byte[] { 3, (byte) 232 }));
			RawClient wrong = new RawClient(this.server, BUFFER);
			reset.reset();
			gone.close();
			closing.frame(true, RawClient.CLOSE, new byte[0]);
			wrong.send(new byte[] { (byte) 0xff, (byte) 0xff, 0, 0, 0, 0 });
			closing.awaitEnd();
			quick.awaitEnd();
			wrong.close();
			closing.close();
			quick.close();
		}
		assertThat(this.server.ends()).isNotEmpty();
		awaitNothingLeft();
	}

	@Test
	void manyConnectionsComeAndGo() throws Exception {
		start(false);
		for (int i = 0; i < 20; i++) {
			RawClient[] clients = new RawClient[50];
			for (int n = 0; n < clients.length; n++) {
				clients[n] = RawClient.chat(this.server, BUFFER);
			}
			assertThat(protocol().getConnectionCount()).isGreaterThanOrEqualTo(clients.length);
			for (RawClient client : clients) {
				client.close();
			}
		}
		awaitNothingLeft();
		assertThat(this.server.ends()).hasSize(1000);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void endsWhenTomcatStopsBeneath(boolean secure) throws Exception {
		start(secure);
		try (RawClient client = RawClient.chat(this.server, BUFFER)) {
			this.server.container().stop();
			client.awaitEnd();
			await().until(() -> this.server.server().connectionCount() == 0);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void endsAFrameThatComesTooSlowly(boolean secure) throws Exception {
		start(secure, SHORT, SHORT, Duration.ZERO);
		try (RawClient client = RawClient.chat(this.server, BUFFER); JdkClient other = JdkClient.chat(this.server)) {
			byte[] frame = RawClient.encode(true, RawClient.TEXT, "0123456789".getBytes(StandardCharsets.UTF_8));
			client.send(Arrays.copyOf(frame, frame.length - 1));
			assertThat(client.next()).isEqualTo("close 1008");
			client.awaitEnd();
			awaitEnds(1);
			other.say("$2;chat;;echo;0;0;here").expect("$2;chat;;echo;0;0;here");
		}
		awaitNothingLeft();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void endsPeersThatAreSilent(boolean secure) throws Exception {
		start(secure, LONG, LONG, SHORT);
		try (JdkClient answering = JdkClient.chat(this.server);
				RawClient silent = RawClient.chat(this.server, BUFFER)) {
			assertThat(silent.next()).isEqualTo("ping");
			silent.awaitEnd();
			awaitEnds(1);
			answering.say("$2;chat;;echo;0;0;here").expect("$2;chat;;echo;0;0;here");
			assertThat(this.server.server().connectionCount()).isOne();
		}
		awaitNothingLeft();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void endsPeersThatDoNotAnswerAClose(boolean secure) throws Exception {
		start(secure, LONG, SHORT, Duration.ZERO);
		try (RawClient client = RawClient.chat(this.server, BUFFER)) {
			this.server.server().connections().forEach((conn) -> conn.close(4001, "bye"));
			assertThat(client.next()).isEqualTo("close 4001");
			client.awaitEnd();
		}
		awaitNothingLeft();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void answersPings(boolean secure) throws Exception {
		start(secure);
		try (RawClient client = RawClient.chat(this.server, BUFFER)) {
			client.frame(false, RawClient.TEXT, "$2;chat;;ec");
			client.frame(true, RawClient.PING, "between");
			client.frame(true, RawClient.CONTINUATION, "ho;0;0;whole");
			assertThat(client.next()).isEqualTo("pong between");
			assertThat(client.next()).isEqualTo("$2;chat;;echo;0;0;whole");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ", "aa aa", "",
			"*GhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZSAx" })
	void refusesAKeyThatIsNone(String key) throws Exception {
		start(false);
		try (RawClient client = new RawClient(this.server, BUFFER, "Sec-WebSocket-Key: " + key)) {
			assertThat(client.response()).startsWith("http/1.1 400");
		}
		assertThat(this.server.server().connectionCount()).isZero();
	}

	@Test
	void provesThatItHasUnderstoodTheKey() throws Exception {
		start(false);
		try (RawClient client = new RawClient(this.server, BUFFER)) {
			assertThat(client.response()).startsWith("http/1.1 101")
				.contains("upgrade: websocket")
				.contains("connection: upgrade")
				.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void readsMoreThanTomcatBuffers(boolean secure) throws Exception {
		start(secure);
		try (JdkClient client = JdkClient.chat(this.server)) {
			// More than the buffers of Tomcat hold, without a pause.
			WebSocket socket = client.socket();
			for (int i = 0; i < 200; i++) {
				socket.sendText("$" + (i + 2) + ";chat;;echo;0;0;" + "y".repeat(1000), true).join();
			}
			for (int i = 0; i < 200; i++) {
				client.expect("$" + (i + 2) + ";chat;;echo;0;0;" + "y".repeat(1000));
			}
		}
	}

	private void awaitEnds(int count) {
		await().until(() -> this.server.ends().size() == count);
	}

}
