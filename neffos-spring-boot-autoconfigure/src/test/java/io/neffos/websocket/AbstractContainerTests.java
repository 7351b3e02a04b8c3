package io.neffos.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

import io.neffos.Conn;
import io.neffos.engine.EngineSettings;
import io.neffos.testkit.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What every container must do. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractContainerTests {

	static final int LIMIT = 20_000;

	/** Outboxes so small that a peer that stops reading is soon too slow. */
	static final EngineSettings SETTINGS = TestServer.settings(TestServer.SETTINGS)
		.names(LIMIT, 256, 64, 1000)
		.outbox(300, 8 * 1024 * 1024)
		.build();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final int BUFFER = 64 * 1024;

	private RealServer server;

	abstract RealServer.Setup setup();

	@BeforeAll
	void startServer() throws Exception {
		this.server = setup().settings(SETTINGS).subprotocols(List.of("v2.neffos", "neffos")).start();
	}

	@AfterAll
	void stopServer() throws Exception {
		this.server.close();
	}

	RealServer server() {
		return this.server;
	}

	@Test
	void carriesTextAndBinaryWholeAndInParts() throws Exception {
		try (JdkClient client = JdkClient.chat(this.server)) {
			client.say("$2;chat;;echo;0;0;gr\u00fc\u00df").expect("$2;chat;;echo;0;0;gr\u00fc\u00df");
			client.say("$3;ch", false)
				.say("", false)
				.say("at;;echo;0;0;part", false)
				.say("s")
				.expect("$3;chat;;echo;0;0;parts");
			byte[] head = "$4;chat;;echo;0;0;".getBytes(StandardCharsets.UTF_8);
			client.sayBinary(head, false).sayBinary(new byte[] { 0, (byte) 0xff, ';' }, true);
			client.expect("binary:$4;chat;;echo;0;0;\u0000\u00ff;");
			client.say("$5;chat;;echo;0;0;after").expect("$5;chat;;echo;0;0;after");
		}
	}

	@Test
	void partsMayEndWithinACharacter() throws Exception {
		try (RawClient client = RawClient.chat(this.server, BUFFER)) {
			byte[] message = "$2;chat;;echo;0;0;\ud83d\ude00.".getBytes(StandardCharsets.UTF_8);
			int within = message.length - 3;
			client.frame(false, RawClient.TEXT, Arrays.copyOf(message, within));
			client.frame(true, RawClient.CONTINUATION, Arrays.copyOfRange(message, within, message.length));
			assertThat(client.next()).isEqualTo("$2;chat;;echo;0;0;\ud83d\ude00.");
		}
	}

	@Test
	void carriesMessagesUpToTheLimit() throws Exception {
		try (JdkClient client = JdkClient.chat(this.server)) {
			String head = "$2;chat;;echo;0;0;";
			String text = head + "x".repeat(LIMIT - head.length());
			client.say(text).expect(text);
			String wide = head + "\u20ac".repeat((LIMIT - head.length()) / 3);
			client.say(wide).expect(wide);
			client.sayBinary(text.getBytes(StandardCharsets.UTF_8), true).expect("binary:" + text);
			client.say(text.substring(0, 9_000), false).say(text.substring(9_000)).expect(text);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void closesForAMessageBeyondTheLimit(boolean binary) throws Exception {
		String text = "x".repeat(LIMIT + 1);
		try (JdkClient whole = JdkClient.chat(this.server); JdkClient parts = JdkClient.chat(this.server)) {
			if (binary) {
				whole.sayBinary(text.getBytes(StandardCharsets.UTF_8), true);
				parts.sayBinary(new byte[LIMIT], false).sayBinary(new byte[1], false);
			}
			else {
				whole.say(text);
				parts.say(text.substring(1), false).say("x", false);
			}
			assertThat(whole.closed()).startsWith("1009");
			assertThat(parts.closed()).startsWith("1009");
		}
		await().until(() -> this.server.ends().stream().filter((end) -> end.endsWith(" 1009")).count() >= 2);
	}

	@Test
	void closesForAMessageOfFewCharactersAndManyBytes() throws Exception {
		try (JdkClient client = JdkClient.chat(this.server)) {
			client.say("\u20ac".repeat(LIMIT / 2));
			assertThat(client.closed()).startsWith("1009");
		}
	}

	@Test
	void codesOfClosesArriveBothWays() throws Exception {
		try (JdkClient client = JdkClient.chat(this.server); JdkClient other = JdkClient.chat(this.server)) {
			List<Conn> conns = this.server.server().connections();
			Conn last = conns.stream().max(Comparator.comparingInt((conn) -> number(conn))).orElseThrow();
			last.close(4001, "bye \u20ac");
			assertThat(other.closed()).isEqualTo("4001 bye \u20ac");
			client.socket().sendClose(4002, "me too");
			assertThat(client.closed()).startsWith("4002");
			await().until(() -> this.server.ends().contains(last.id() + " APPLICATION 4001"));
			await().until(() -> this.server.ends().stream().anyMatch((end) -> end.endsWith("PEER 4002")));
		}
	}

	private static int number(Conn conn) {
		return Integer.parseInt(conn.id().substring(1));
	}

	@Test
	void noticesPeersThatAreLost() throws Exception {
		int before = this.server.ends().size();
		RawClient lost = RawClient.chat(this.server, BUFFER);
		RawClient halfOpen = RawClient.chat(this.server, BUFFER);
		lost.reset();
		halfOpen.shutdownOutput();
		halfOpen.awaitEnd();
		halfOpen.close();
		await().until(() -> this.server.ends().size() >= before + 2);
		await().until(() -> this.server.server().connections("chat").stream().noneMatch((ns) -> ns.conn().isClosed()));
		assertThat(this.server.ends().stream().skip(before)).allMatch((end) -> end.contains(" PEER "));
	}

	@Test
	void peerThatStopsReadingHarmsOnlyItself() throws Exception {
		try (JdkClient first = JdkClient.chat(this.server);
				RawClient stalled = RawClient.chat(this.server, 4096);
				JdkClient second = JdkClient.chat(this.server)) {
			first.say("$2;chat;hall;_OnRoomJoin;0;0;").expect("$2;;;;;;");
			second.say("$2;chat;hall;_OnRoomJoin;0;0;").expect("$2;;;;;;");
			stalled.frame(true, RawClient.TEXT, "$2;chat;hall;_OnRoomJoin;0;0;");
			assertThat(stalled.next()).isEqualTo("$2;;;;;;");
			String filler = "x".repeat(16 * 1024);
			int sent = 0;
			while (this.server.ends().stream().noneMatch((end) -> end.contains("TOO_SLOW"))) {
				assertThat(sent).as("messages to a peer that does not read").isLessThan(10_000);
				for (int i = 0; i < 50; i++) {
					this.server.server().namespace("chat").room("hall").emit("tick", sent++ + ":" + filler);
				}
				int upTo = sent;
				await().until(() -> first.waiting() == upTo && second.waiting() == upTo);
			}
			for (int i = 0; i < sent; i++) {
				assertThat(first.next()).startsWith(";chat;hall;tick;0;0;" + i + ":");
				assertThat(second.next()).startsWith(";chat;hall;tick;0;0;" + i + ":");
			}
			stalled.awaitEnd();
			assertThat(this.server.server().room("chat", "hall").size()).isEqualTo(2);
			assertThat(this.server.ends().stream().filter((end) -> end.contains("TOO_SLOW"))).hasSize(1);
		}
	}

	@Test
	void agreesOnNoCompression() throws Exception {
		try (RawClient client = new RawClient(this.server, BUFFER,
				"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
			assertThat(client.response()).startsWith("http/1.1 101").doesNotContain("sec-websocket-extensions");
		}
	}

	@Test
	void agreesOnASubprotocolOrNone() throws Exception {
		try (JdkClient known = new JdkClient(this.server, "", (builder) -> builder.subprotocols("other", "neffos"));
				JdkClient none = new JdkClient(this.server, "", UnaryOperator.identity());
				RawClient unknown = new RawClient(this.server, BUFFER, "Sec-WebSocket-Protocol: other")) {
			assertThat(known.socket().getSubprotocol()).isEqualTo("neffos");
			assertThat(none.socket().getSubprotocol()).isEmpty();
			assertThat(unknown.response()).startsWith("http/1.1 101").doesNotContain("sec-websocket-protocol");
		}
	}

	@Test
	void tellsThatTheServerIsThereWithoutSendingAnybodyElsewhere() throws Exception {
		HttpResponse<String> response = send("HEAD");
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("Location")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "OPTIONS", "PUT", "DELETE" })
	void allowsNoOtherMethod(String method) throws Exception {
		HttpResponse<String> response = send(method);
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().allValues("Allow")).containsExactly("GET");
	}

	@Test
	void refusesARequestThatIsNoUpgrade() throws Exception {
		assertThat(send("GET").statusCode()).isEqualTo(400);
	}

	private HttpResponse<String> send(String method) throws Exception {
		return send(this.server, method);
	}

	static HttpResponse<String> send(RealServer server, String method) throws Exception {
		TestTls tls = server.tls();
		HttpRequest request = HttpRequest
			.newBuilder(
					URI.create(((tls != null) ? "https" : "http") + "://localhost:" + server.port() + RealServer.PATH))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		HttpClient http = (tls != null) ? HttpClient.newBuilder().sslContext(tls.client()).build() : HTTP;
		return http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void refusesAForeignOrigin() throws Exception {
		assertThat(handshakeStatus((builder) -> builder.header("Origin", "https://elsewhere.example"))).isEqualTo(403);
		String own = ((this.server.tls() != null) ? "https" : "http") + "://localhost:" + this.server.port();
		try (JdkClient client = JdkClient.chat(this.server, "", (builder) -> builder.header("Origin", own))) {
			client.say("$2;chat;;header;0;0;origin").expect("$2;chat;;header;0;0;" + own);
		}
	}

	private int handshakeStatus(UnaryOperator<WebSocket.Builder> customizer) {
		try (JdkClient client = new JdkClient(this.server, "", customizer)) {
			throw new AssertionError("The handshake went well");
		}
		catch (ExecutionException ex) {
			assertThat(ex).hasCauseInstanceOf(WebSocketHandshakeException.class);
			return ((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void countsReconnectsByHeaderAndByParameter() throws Exception {
		try (JdkClient fresh = JdkClient.chat(this.server);
				JdkClient header = JdkClient.chat(this.server, "",
						(builder) -> builder.header("X-Websocket-Reconnect", "2"));
				JdkClient parameter = JdkClient.chat(this.server, "?X-Websocket-Header-X-Websocket-Reconnect=3",
						UnaryOperator.identity())) {
			fresh.say("$2;chat;;reconnects;0;0;").expect("$2;chat;;reconnects;0;0;0");
			header.say("$2;chat;;reconnects;0;0;").expect("$2;chat;;reconnects;0;0;2");
			parameter.say("$2;chat;;reconnects;0;0;").expect("$2;chat;;reconnects;0;0;3");
		}
	}

	@Test
	void takesOnlyAllowedParametersForHeaders() throws Exception {
		String query = "?x-websocket-header-x-tenant=blue&X-Websocket-Header-Authorization=Basic%20eA%3D%3D"
				+ "&X-Websocket-Header-Cookie=a%3Db&X-Websocket-Header-Host=elsewhere&X-Tenant=plain";
		try (JdkClient client = JdkClient.chat(this.server, query, UnaryOperator.identity())) {
			client.say("$2;chat;;header;0;0;X-Tenant").expect("$2;chat;;header;0;0;blue");
			client.say("$3;chat;;header;0;0;Authorization").expect("$3;chat;;header;0;0;null");
			client.say("$4;chat;;header;0;0;Cookie").expect("$4;chat;;header;0;0;null");
			client.say("$5;chat;;header;0;0;Host").expect("$5;chat;;header;0;0;localhost:" + this.server.port());
		}
	}

	@Test
	void realHeaderComesBeforeAParameter() throws Exception {
		try (JdkClient client = JdkClient.chat(this.server, "?X-Websocket-Header-X-Tenant=parameter",
				(builder) -> builder.header("X-Tenant", "real"))) {
			client.say("$2;chat;;header;0;0;X-Tenant").expect("$2;chat;;header;0;0;real");
		}
	}

	@Test
	void closesWhenThereIsNoId() throws Exception {
		try (RealServer other = setup().settings(SETTINGS).ids((handshake) -> "").start();
				JdkClient client = new JdkClient(other, "", UnaryOperator.identity())) {
			assertThat(client.closed()).startsWith("1011");
			assertThat(other.server().connectionCount()).isZero();
		}
	}

	@Test
	void closesEverybodyAndTakesNobodyWhenTheServerStops() throws Exception {
		try (RealServer other = setup().settings(SETTINGS).start(); JdkClient client = JdkClient.chat(other)) {
			other.server().close();
			assertThat(client.closed()).isEqualTo("1001 server stops");
			for (String method : List.of("GET", "HEAD", "POST")) {
				assertThat(send(other, method).statusCode()).isEqualTo(503);
			}
			assertThatThrownBy(() -> new JdkClient(other, "", UnaryOperator.identity()))
				.hasCauseInstanceOf(WebSocketHandshakeException.class);
			assertThat(other.ends()).containsExactly("c1 SHUTDOWN 1001");
			assertThat(other.server().connections()).isEmpty();
		}
	}

}
