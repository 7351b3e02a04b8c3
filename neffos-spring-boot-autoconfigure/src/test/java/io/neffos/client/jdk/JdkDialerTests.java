package io.neffos.client.jdk;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/** How a WebSocket opens, and how it does not. */
class JdkDialerTests {

	private HandServer server;

	@BeforeEach
	void startServer() throws IOException {
		this.server = new HandServer();
	}

	@AfterEach
	void stopServer() throws IOException {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(value = HttpClient.Redirect.class, names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
	void refusesClientsThatFollowRedirects(HttpClient.Redirect redirect) {
		HttpClient http = HttpClient.newBuilder().followRedirects(redirect).build();
		assertThatIllegalArgumentException().isThrownBy(() -> new JdkDialer(http))
			.withMessageContaining("follows redirects (" + redirect + ")")
			.withMessageContaining("followRedirects(HttpClient.Redirect.NEVER)");
	}

	@Test
	void sendsAddressHeadersAndSubprotocols() throws Exception {
		DialRequest request = Dials.request(this.server.uri(),
				Map.of("X-Tenant", List.of("a", "b"), "Authorization", List.of("Bearer t")), List.of("v2", "v1"));
		CompletableFuture<DialedSocket> dialed = Dials.DIALER.dial(request);
		try (HandPeer peer = this.server.accept()) {
			assertThat(peer.requestLine()).isEqualTo("GET /neffos?token=secret HTTP/1.1");
			assertThat(peer.header("X-Tenant")).containsExactly("a", "b");
			assertThat(peer.header("Authorization")).containsExactly("Bearer t");
			assertThat(peer.header("Sec-WebSocket-Protocol")).containsExactly("v2, v1");
			peer.open("Sec-WebSocket-Protocol: v1\r\n", new byte[0]);
			assertThat(Dials.get(dialed).subprotocol()).isEqualTo("v1");
		}
	}

	@Test
	void serverNeedNotChooseASubprotocol() throws Exception {
		CompletableFuture<DialedSocket> dialed = Dials.DIALER
			.dial(Dials.request(this.server.uri(), Map.of(), List.of("v1")));
		try (HandPeer peer = this.server.accept()) {
			peer.open();
			assertThat(Dials.get(dialed).subprotocol()).isNull();
		}
	}

	@Test
	void offersNoSubprotocolsByDefault() throws Exception {
		CompletableFuture<DialedSocket> dialed = Dials.DIALER.dial(Dials.request(this.server.uri()));
		try (HandPeer peer = this.server.accept()) {
			assertThat(peer.header("Sec-WebSocket-Protocol")).isEmpty();
			peer.open();
			assertThat(Dials.get(dialed).subprotocol()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 302, 401, 403, 404, 500, 503 })
	void tellsTheStatusOfAnotherAnswer(int status) throws Exception {
		CompletableFuture<DialedSocket> dialed = Dials.DIALER.dial(Dials.request(this.server.uri()));
		try (HandPeer peer = this.server.accept()) {
			peer.answer("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 0"
					+ ((status == 401) ? "\r\nWWW-Authenticate: Basic realm=\"r\"" : ""));
			DialException failure = Dials.failure(dialed);
			assertThat(failure.status()).isEqualTo(status);
			assertThat(failure).hasMessage("The server at localhost:%d answered %d instead of opening a WebSocket",
					this.server.port(), status);
		}
	}

	@Test
	void handshakeMustBeThatOfAWebSocket() throws Exception {
		CompletableFuture<DialedSocket> dialed = Dials.DIALER.dial(Dials.request(this.server.uri()));
		try (HandPeer peer = this.server.accept()) {
			peer.answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Accept: of somebody else");
			DialException failure = Dials.failure(dialed);
			assertThat(failure.status()).isEqualTo(101);
			assertThat(failure).hasMessageEndingWith("answered 101, but not with a handshake of a WebSocket");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nobodyThere(boolean probe) throws Exception {
		int port;
		try (ServerSocket unused = new ServerSocket(0)) {
			port = unused.getLocalPort();
		}
		expectFailure(probe, URI.create("ws://localhost:" + port + "/?token=secret"),
				"Nobody accepts connections at localhost:" + port);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void hostIsNotKnown(boolean probe) {
		expectFailure(probe, URI.create("ws://neffos.invalid/?token=secret"),
				"The host of neffos.invalid:80 is not known");
		expectFailure(probe, URI.create("wss://neffos.invalid/?token=secret"),
				"The host of neffos.invalid:443 is not known");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void silentServer(boolean probe) throws Exception {
		CompletableFuture<?> future = probe ? Dials.DIALER.probe(Dials.hurried(this.server.uri()))
				: Dials.DIALER.dial(Dials.hurried(this.server.uri()));
		DialException failure = Dials.failure(future);
		assertThat(failure).hasMessage("localhost:%d did not answer within 300 ms", this.server.port());
		assertThat(failure.status()).isZero();
		try (HandPeer peer = this.server.accept()) {
			peer.awaitEnd();
		}
	}

	@Test
	void answerThatDoesNotEndIsBoundedToo() throws Exception {
		CompletableFuture<DialedSocket> dialed = Dials.DIALER.dial(Dials.hurried(this.server.uri()));
		try (HandPeer peer = this.server.accept()) {
			peer.answer("HTTP/1.1 503 Busy\r\nContent-Length: 1000");
			assertThat(Dials.failure(dialed)).hasMessageContaining("did not answer within");
			peer.awaitEnd();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void serverHangsUp(boolean probe) throws Exception {
		CompletableFuture<?> future = probe ? Dials.DIALER.probe(Dials.request(this.server.uri()))
				: Dials.DIALER.dial(Dials.request(this.server.uri()));
		try (HandPeer peer = this.server.accept()) {
			assertThat(peer.requestLine()).contains("/neffos");
			// The client may try once more, in vain.
			this.server.close();
		}
		assertThat(Dials.failure(future)).hasMessageContaining("localhost:" + this.server.port())
			.hasMessageNotContaining("secret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://localhost/?token=secret   | begins with ws: or wss:, not with 'http:'
			localhost                        | begins with ws: or wss:, not with ':'
			ws:///path?token=secret          | has no host
			ws://under_score/?token=secret   | has no host
			ws://localhost/?token=secret#end | has no fragment
			""")
	void illegalAddresses(URI uri, String text) {
		expectFailure(false, uri, text);
		expectFailure(true, uri, text);
	}

	@ParameterizedTest
	@CsvSource({ "Host,secret", "Upgrade,secret", "X-\u20ac,secret", "X-Fine,sec\u0000ret", "'',secret" })
	void illegalHeaders(String name, String value) {
		DialRequest request = Dials.request(this.server.uri(), Map.of(name, List.of(value)), List.of());
		DialException failure = Dials.failure(Dials.DIALER.dial(request));
		assertThat(failure).hasMessageStartingWith("The header '" + name + "' cannot be sent").hasNoCause();
	}

	@Test
	void otherThingsThatTheClientRefuses() {
		DialRequest header = Dials.request(this.server.uri(), Map.of("Sec-WebSocket-Key", List.of("secret")),
				List.of());
		assertThat(Dials.failure(Dials.DIALER.dial(header)))
			.hasMessageContaining("refuses the request to localhost:" + this.server.port())
			.hasMessageContaining("Sec-WebSocket-Key");
		DialRequest subprotocol = Dials.request(this.server.uri(), Map.of(), List.of("v 1"));
		assertThat(Dials.failure(Dials.DIALER.dial(subprotocol))).hasMessageContaining("refuses the request")
			.hasMessageContaining("v 1");
		DialRequest noTime = new DialRequest(this.server.uri(), Map.of(), List.of(), Duration.ZERO, 1);
		assertThat(Dials.failure(Dials.DIALER.dial(noTime))).hasMessageContaining("refuses the request");
		assertThat(Dials.failure(Dials.DIALER.probe(noTime))).hasMessageContaining("refuses the request");
	}

	@Test
	void cancelledAttemptIsGivenUp() throws Exception {
		// So long that no timeout ends the attempt instead.
		DialRequest patient = new DialRequest(this.server.uri(), Map.of(), List.of(), Duration.ofHours(1), 1);
		CompletableFuture<DialedSocket> dialed = Dials.DIALER.dial(patient);
		try (HandPeer peer = this.server.accept()) {
			dialed.cancel(false);
			peer.awaitEnd();
		}
	}

	@Test
	void socketThatOpensTooLateIsAborted() {
		HttpClient http = mock(HttpClient.class);
		WebSocket.Builder builder = mock(WebSocket.Builder.class);
		WebSocket webSocket = mock(WebSocket.class);
		ArgumentCaptor<WebSocket.Listener> listener = ArgumentCaptor.forClass(WebSocket.Listener.class);
		given(http.followRedirects()).willReturn(HttpClient.Redirect.NEVER);
		given(http.newWebSocketBuilder()).willReturn(builder);
		given(builder.connectTimeout(any())).willReturn(builder);
		given(builder.buildAsync(any(), listener.capture())).willReturn(new CompletableFuture<>());
		DialException failure = Dials.failure(new JdkDialer(http).dial(Dials.hurried(this.server.uri())));
		assertThat(failure).hasMessageContaining("did not answer within 300 ms");
		listener.getValue().onOpen(webSocket);
		then(webSocket).should().abort();
		then(webSocket).shouldHaveNoMoreInteractions();
	}

	@Test
	void nothingIsReadBeforeTheStart() throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			JdkDialer dialer = new JdkDialer(HttpClient.newBuilder().executor(thread).build());
			CompletableFuture<DialedSocket> dialed = dialer.dial(Dials.request(this.server.uri()));
			try (HandPeer peer = this.server.accept()) {
				peer.open("", HandPeer.text("early"));
				DialedSocket socket = Dials.get(dialed);
				// Whatever the client does on its own account is done after that.
				for (int i = 0; i < 20; i++) {
					thread.submit(() -> {
					}).get();
				}
				RecordingListener listener = new RecordingListener();
				socket.start(listener);
				listener.expect("text early");
			}
		}
		finally {
			thread.shutdownNow();
		}
	}

	@ParameterizedTest
	@CsvSource({ "200,", "302,", "404,", "426,", "500,", "302,Location: http://neffos.invalid/" })
	void probeTakesAnyAnswer(int status, String header) throws Exception {
		DialRequest request = Dials.request(this.server.uri(),
				Map.of("X-Tenant", List.of("a", "b"), "Host", List.of("refused")), List.of("v1"));
		CompletableFuture<?> probed = Dials.DIALER.probe(request);
		try (HandPeer peer = this.server.accept()) {
			assertThat(peer.requestLine()).isEqualTo("HEAD /neffos?token=secret HTTP/1.1");
			assertThat(peer.header("X-Tenant")).containsExactly("a", "b");
			assertThat(peer.header("Host")).containsExactly("localhost:" + this.server.port());
			assertThat(peer.header("Upgrade")).isEmpty();
			peer.answer("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 5"
					+ ((header != null) ? "\r\n" + header : ""));
			assertThat(Dials.get(probed)).isNull();
		}
	}

	private static void expectFailure(boolean probe, URI uri, String text) {
		DialRequest request = Dials.request(uri);
		DialException failure = Dials.failure(probe ? Dials.DIALER.probe(request) : Dials.DIALER.dial(request));
		assertThat(failure).hasMessageContaining(text).hasStackTraceContaining(text).hasMessageNotContaining("secret");
		assertThat(failure.status()).isZero();
	}

}
