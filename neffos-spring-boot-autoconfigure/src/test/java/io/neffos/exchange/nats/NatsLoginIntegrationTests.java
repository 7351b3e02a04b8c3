package io.neffos.exchange.nats;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.NatsBroker;
import io.neffos.exchange.RecordingListener;
import io.neffos.exchange.StackExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Who may connect to NATS, and whom the exchange trusts. */
class NatsLoginIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static final NatsSettings.Login ALICE = new NatsSettings.Login("alice", "s3cret!", null, null);

	private static final NatsSettings.Login MALLORY = new NatsSettings.Login("alice", "gu3ss", null, null);

	@Test
	void logsInByUserAndPasswordAndTellsNeither() {
		try (NatsBroker nats = NatsBroker.ours("--user", "alice", "--pass", "s3cret!")) {
			assertWorks(nats.address(), ALICE, null);
			assertRefuses(nats.address(), MALLORY, null, "Authorization Violation");
			assertRefuses(nats.address(), NatsSettings.Login.NONE, null, "Authorization Violation");
		}
	}

	@Test
	void logsInByToken() {
		try (NatsBroker nats = NatsBroker.ours("--auth", "t0ken")) {
			assertWorks(nats.address(), new NatsSettings.Login(null, null, "t0ken", null), null);
			assertRefuses(nats.address(), new NatsSettings.Login(null, null, "gu3ss", null), null,
					"Authorization Violation");
		}
	}

	@Test
	void logsInByCredentialsAndTellsNoneOfThem(@TempDir Path directory) throws Exception {
		NatsAccount account = new NatsAccount();
		Path rules = directory.resolve("nats.conf");
		account.writeConfiguration(rules);
		String credentials = account.credentials();
		NatsSettings.Login login = new NatsSettings.Login(null, null, null, credentials);
		try (NatsBroker nats = NatsBroker.ours("--config", rules.toString())) {
			assertWorks(nats.address(), login, null);
			assertThat(login.toString()).doesNotContain(credentials.substring(40, 80));
			NatsSettings.Login stranger = new NatsSettings.Login(null, null, null, new NatsAccount().credentials());
			assertRefuses(nats.address(), stranger, null, "Authorization Violation");
			assertRefuses(nats.address(), NatsSettings.Login.NONE, null, "Authorization Violation");
		}
	}

	@Test
	void trustsCertificatesOfItsBundleForTheNameTheyAreFor(@TempDir Path directory) throws Exception {
		Path keys = directory.resolve("keys.p12");
		keytool(directory, "-genkeypair", "-alias", "nats", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost", "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", "changeit",
				"-validity", "2");
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(keys)) {
			store.load(in, PASSWORD);
		}
		Path certificate = directory.resolve("nats.pem");
		Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("nats").getEncoded()));
		Path key = directory.resolve("nats.key");
		Files.writeString(key, pem("PRIVATE KEY", store.getKey("nats", PASSWORD).getEncoded()));
		try (NatsBroker nats = NatsBroker.ours("--tls", "--tlscert", certificate.toString(), "--tlskey",
				key.toString())) {
			SSLContext trusting = trusting(store.getCertificate("nats"));
			assertWorks("nats://localhost:" + nats.port(), NatsSettings.Login.NONE, trusting);
			assertWorks("tls://localhost:" + nats.port(), NatsSettings.Login.NONE, trusting);
			assertRefuses("nats://127.0.0.1:" + nats.port(), NatsSettings.Login.NONE, trusting, "127.0.0.1");
			assertRefuses("tls://localhost:" + nats.port(), NatsSettings.Login.NONE, null, "certification path");
			assertRefuses("nats://localhost:" + nats.port(), NatsSettings.Login.NONE, null, "SSL required");
		}
	}

	@Test
	void reportsChannelsThatTheRulesOfAccessForbid(@TempDir Path directory) throws Exception {
		Path rules = directory.resolve("nats.conf");
		Files.writeString(rules, """
				authorization { users = [ { user: alice, password: "s3cret!",
				  permissions: { publish: ">", subscribe: { allow: ">", deny: "forbidden.>" } } } ] }
				""");
		RecordingListener told = new RecordingListener();
		try (NatsBroker nats = NatsBroker.ours("--config", rules.toString());
				StackExchange exchange = NatsFixture
					.exchange(NatsFixture.settings(nats.address(), ALICE, null, false))) {
			exchange.start(told);
			for (int i = 0; i < 20; i++) {
				CompletableFuture<@Nullable Void> forbidden = exchange.subscribe("forbidden." + i);
				CompletableFuture<@Nullable Void> again = exchange.subscribe("forbidden.again");
				CompletableFuture<@Nullable Void> allowed = exchange.subscribe("allowed." + i);
				assertThat(allowed).succeedsWithin(PATIENCE);
				for (CompletableFuture<@Nullable Void> one : List.of(forbidden, again)) {
					assertThat(one).failsWithin(PATIENCE)
						.withThrowableThat()
						.withCauseInstanceOf(ExchangeException.class)
						.withMessageContaining("refused");
				}
			}
			assertThat(told.states()).containsExactly("available");
			assertThat(exchange.isAvailable()).isTrue();
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void countsWhatTheRulesOfAccessForbidToPublish(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path rules = directory.resolve("nats.conf");
		Files.writeString(rules, """
				authorization { users = [ { user: alice, password: "s3cret!",
				  permissions: { publish: { allow: ">", deny: "forbidden.>" }, subscribe: ">" } } ] }
				""");
		RecordingListener told = new RecordingListener();
		try (NatsBroker nats = NatsBroker.ours("--config", rules.toString());
				StackExchange exchange = NatsFixture
					.exchange(NatsFixture.settings(nats.address(), ALICE, null, false))) {
			exchange.start(told);
			assertThat(exchange.subscribe("allowed")).succeedsWithin(PATIENCE);
			for (int i = 0; i < 3; i++) {
				exchange.publish("forbidden." + i, new byte[1]);
			}
			await().untilAsserted(() -> assertThat(told.lost()).isEqualTo(3));
			exchange.publish("allowed", new byte[1]);
			await().untilAsserted(() -> assertThat(told.count()).isEqualTo(1));
			assertThat(told.states()).containsExactly("available");
			assertThat(output.getAll().split("does not let this server publish", -1)).hasSize(2);
		}
	}

	private static void assertWorks(String address, NatsSettings.Login login, @Nullable SSLContext ssl) {
		NatsSettings settings = NatsFixture.settings(address, login, ssl, false);
		try (StackExchange exchange = NatsFixture.exchange(settings)) {
			exchange.start(new RecordingListener());
			assertThat(exchange.subscribe("x")).succeedsWithin(PATIENCE);
			assertThat(exchange.details().toString() + settings + exchange).doesNotContain("s3cret", "t0ken");
		}
	}

	private static void assertRefuses(String address, NatsSettings.Login login, @Nullable SSLContext ssl,
			String reason) {
		try (StackExchange exchange = NatsFixture.exchange(NatsFixture.settings(address, login, ssl, false))) {
			assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> exchange.start(new RecordingListener()))
				.withMessageContaining(address)
				.withMessageContaining(reason)
				.withMessageNotContaining("gu3ss");
		}
	}

	private static SSLContext trusting(Certificate certificate) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("nats", certificate);
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private static String pem(String what, byte[] content) {
		return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what,
				Base64.getMimeEncoder().encodeToString(content), what);
	}

	private static void keytool(Path directory, String... arguments) throws Exception {
		Path log = directory.resolve("keytool.log");
		ProcessBuilder builder = new ProcessBuilder(
				Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		builder.command().addAll(List.of(arguments));
		Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(log)).isZero();
	}

}
