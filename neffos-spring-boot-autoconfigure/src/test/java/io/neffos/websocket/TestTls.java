package io.neffos.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A certificate for this host, made for one test run, and somebody who trusts it. */
final class TestTls implements AutoCloseable {

	private static final String PASSWORD = "only for this test";

	private static final long PATIENCE = 60;

	private final Path directory;

	private final SSLContext client;

	TestTls() throws Exception {
		this.directory = Files.createTempDirectory("neffos-tls");
		Path log = this.directory.resolve("keytool.log");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store().toString(), "-storepass",
				PASSWORD, "-validity", "2")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		assertThat(keytool.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
		this.client = trusting();
	}

	private Path store() {
		return this.directory.resolve("keys.p12");
	}

	private SSLContext trusting() throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store())) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("server", keys.getCertificate("server"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	/** What a server needs. */
	List<String> properties() {
		return List.of("server.ssl.key-store=file:" + store(), "server.ssl.key-store-password=" + PASSWORD,
				"server.ssl.key-store-type=PKCS12");
	}

	/** What a client needs. */
	SSLContext client() {
		return this.client;
	}

	@Override
	public void close() throws IOException {
		try (var files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> {
				try {
					Files.delete(file);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
	}

}
