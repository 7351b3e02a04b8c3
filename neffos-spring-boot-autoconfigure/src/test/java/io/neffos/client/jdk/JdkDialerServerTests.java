package io.neffos.client.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.neffos.Conn;
import io.neffos.engine.EngineSettings;
import io.neffos.testkit.TestServer;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.WireFrame;
import io.neffos.websocket.RealServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Against the server of this project, in Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdkDialerServerTests {

	private static final EngineSettings SETTINGS = TestServer.settings(TestServer.SETTINGS)
		.names(Dials.MAX_FRAME_SIZE, 256, 64, 1000)
		.build();

	private RealServer server;

	private DialedSocket socket;

	private RecordingListener listener;

	@BeforeAll
	void startServer() {
		this.server = RealServer.onTomcat(SETTINGS, List.of("v2.neffos"));
	}

	@AfterAll
	void stopServer() {
		this.server.close();
	}

	@BeforeEach
	void chat() throws Exception {
		DialRequest request = Dials.request(uri(), Map.of("X-Tenant", List.of("a", "b")), List.of("v1", "v2.neffos"));
		this.socket = Dials.get(new JdkDialer(HttpClient.newHttpClient()).dial(request));
		this.listener = new RecordingListener();
		this.socket.start(this.listener);
		say("M");
		await().until(() -> !this.listener.rest().isEmpty());
		assertThat(this.listener.rest().remove()).startsWith("text A");
		say("$1;chat;;_OnNamespaceConnect;0;0;");
		this.listener.expect("text $1;;;;;;");
	}

	@Test
	void handshakeCarriesHeadersAndSubprotocol() throws Exception {
		assertThat(this.socket.subprotocol()).isEqualTo("v2.neffos");
		say("$2;chat;;headers;0;0;X-Tenant");
		this.listener.expect("text $2;chat;;headers;0;0;a,b");
	}

	@Test
	void carriesMessagesUpToTheLimit() throws Exception {
		String head = "$2;chat;;echo;0;0;";
		String text = head + "\u20ac".repeat((Dials.MAX_FRAME_SIZE - head.length()) / 3);
		say(text);
		this.listener.expect("text " + text);
		write(new WireFrame((head + "\u0000\u00ff").getBytes(StandardCharsets.ISO_8859_1), true));
		this.listener.expect("binary " + head + "\u0000\u00ff");
	}

	@Test
	void readsNoMoreWhilePaused() throws Exception {
		assertThat(this.socket.pauseReading()).isTrue();
		for (int i = 2; i < 5; i++) {
			say("$" + i + ";chat;;echo;0;0;" + i);
		}
		// One part was asked for before.
		this.listener.expect("text $2;chat;;echo;0;0;2");
		await().during(Duration.ofMillis(200)).until(() -> this.listener.rest().isEmpty());
		this.socket.resumeReading();
		this.listener.expect("text $3;chat;;echo;0;0;3");
		this.listener.expect("text $4;chat;;echo;0;0;4");
	}

	@Test
	void closesBothWays() throws Exception {
		Conn conn = this.server.server().connections().iterator().next();
		conn.close(4001, "bye \u20ac");
		this.listener.expect("close 4001 bye \u20ac");
		chat();
		this.socket.close(CloseReason.sendable(4002, "me too"));
		this.listener.expect("close 4002 me too");
		await().until(() -> this.server.ends().stream().anyMatch((end) -> end.endsWith("PEER 4002")));
	}

	@Test
	void probeIsAnswered() throws Exception {
		assertThat(Dials.get(Dials.DIALER.probe(Dials.request(uri())))).isNull();
	}

	@Test
	void addressesWithoutAnEndpointAreRefusedWithTheirStatus() {
		URI elsewhere = URI.create("ws://localhost:" + this.server.port() + "/elsewhere");
		assertThat(Dials.failure(Dials.DIALER.dial(Dials.request(elsewhere))).status()).isEqualTo(404);
	}

	private URI uri() {
		return URI.create("ws://localhost:" + this.server.port() + RealServer.PATH);
	}

	private void say(String frame) throws Exception {
		write(new WireFrame(frame.getBytes(StandardCharsets.UTF_8), false));
	}

	private void write(WireFrame frame) throws Exception {
		CompletableFuture<@Nullable Throwable> done = new CompletableFuture<>();
		this.socket.write(frame, done::complete);
		assertThat(Dials.get(done)).isNull();
	}

}
