package io.neffos.client.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** TLS and proxies, which are those of the HTTP client that is handed in. */
class JdkDialerSecureTests {

	private static final char[] PASSWORD = "only for this test".toCharArray();

	private static SSLContext tls;

	@BeforeAll
	static void makeCertificate(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost,dns:behind.invalid", "-storetype", "PKCS12", "-keystore", file.toString(),
				"-storepass", new String(PASSWORD), "-validity", "2")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.log").toFile())
			.start();
		assertThat(keytool.waitFor(HandServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
		assertThat(keytool.exitValue()).as(Files.readString(directory.resolve("keytool.log"))).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("server", store.getCertificate("server"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		tls = SSLContext.getInstance("TLS");
		tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
	}

	@Test
	void dialsWithTheCertificatesOfTheClient() throws Exception {
		JdkDialer dialer = new JdkDialer(HttpClient.newBuilder().sslContext(tls).build());
		try (HandServer server = new HandServer(tls)) {
			CompletableFuture<DialedSocket> dialed = dialer.dial(Dials.request(server.uri()));
			try (HandPeer peer = server.accept()) {
				peer.open();
				expectConversation(Dials.get(dialed), peer);
			}
		}
	}

	@Test
	void probesWithTheCertificatesOfTheClient() throws Exception {
		JdkDialer dialer = new JdkDialer(HttpClient.newBuilder().sslContext(tls).build());
		try (HandServer server = new HandServer(tls)) {
			CompletableFuture<?> probed = dialer.probe(Dials.request(server.uri()));
			try (HandPeer peer = server.accept()) {
				assertThat(peer.requestLine()).startsWith("HEAD /neffos");
				peer.answer("HTTP/1.1 302 Found");
				assertThat(Dials.get(probed)).isNull();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void certificateThatIsNotTrusted(boolean probe) throws Exception {
		try (HandServer server = new HandServer(tls)) {
			CompletableFuture<?> future = probe ? Dials.DIALER.probe(Dials.request(server.uri()))
					: Dials.DIALER.dial(Dials.request(server.uri()));
			CompletableFuture<@Nullable Void> accepted = CompletableFuture.runAsync(() -> {
				try (HandPeer peer = server.accept()) {
					throw new AssertionError("A request came: " + peer.requestLine());
				}
				catch (IOException ex) {
					// The handshake failed, as it should.
				}
			});
			assertThat(Dials.failure(future))
				.hasMessageStartingWith("No secure connection to localhost:" + server.port())
				.hasMessageNotContaining("secret");
			assertThat(Dials.get(accepted)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void goesThroughTheProxyOfTheClient(boolean secure) throws Exception {
		try (HandServer server = new HandServer(secure ? tls : null); TinyProxy proxy = new TinyProxy(server.port())) {
			JdkDialer dialer = new JdkDialer(HttpClient.newBuilder()
				.sslContext(tls)
				.proxy(ProxySelector.of(new InetSocketAddress("localhost", proxy.port())))
				.build());
			URI uri = URI.create((secure ? "wss" : "ws") + "://behind.invalid:1234/neffos");
			CompletableFuture<DialedSocket> dialed = dialer.dial(Dials.request(uri));
			try (HandPeer peer = server.accept()) {
				peer.open();
				expectConversation(Dials.get(dialed), peer);
			}
			assertThat(proxy.requests()).containsExactly("CONNECT behind.invalid:1234 HTTP/1.1");
			CompletableFuture<?> probed = dialer.probe(Dials.request(uri));
			if (secure) {
				try (HandPeer peer = server.accept()) {
					assertThat(peer.requestLine()).isEqualTo("HEAD /neffos HTTP/1.1");
					peer.answer("HTTP/1.1 200 OK\r\nConnection: close");
					assertThat(Dials.get(probed)).isNull();
				}
			}
			else {
				assertThat(Dials.get(probed)).isNull();
				assertThat(proxy.requests()).last().isEqualTo("HEAD http://behind.invalid:1234/neffos HTTP/1.1");
			}
		}
	}

	private static void expectConversation(DialedSocket socket, HandPeer peer) throws Exception {
		RecordingListener listener = new RecordingListener();
		socket.start(listener);
		peer.write(HandPeer.text("to the client"));
		listener.expect("text to the client");
		CompletableFuture<@Nullable Throwable> done = new CompletableFuture<>();
		socket.write(new WireFrame("to the server".getBytes(StandardCharsets.UTF_8), false), done::complete);
		assertThat(peer.next().text()).isEqualTo("to the server");
		assertThat(Dials.get(done)).isNull();
		socket.close(CloseReason.sendable(1000, "bye"));
		assertThat(peer.next().reason()).isEqualTo("1000 bye");
		peer.write(HandPeer.close(1000, "bye"));
		listener.expect("close 1000 bye");
	}

}
