package io.neffos.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate made for one run of the tests.
 *
 * @param keys the key store of the server
 * @param certificate what clients trust, as PEM
 * @param trusting what Java clients trust
 */
record Tls(Path keys, Path certificate, SSLContext trusting) {

	private static final String PASSWORD = "changeit";

	private static final String TYPE = "PKCS12";

	/** Make a certificate for this machine. */
	static Tls create(String name) throws IOException {
		Path keys = Directories.target().resolve(name + "-keys.p12");
		Path certificate = Directories.target().resolve(name + "-certificate.pem");
		Files.deleteIfExists(keys);
		keytool(name, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-keystore", keys.toString());
		keytool(name, "-exportcert", "-rfc", "-alias", "server", "-keystore", keys.toString(), "-file",
				certificate.toString());
		return new Tls(keys, certificate, trusting(keys));
	}

	private static void keytool(String name, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(arguments));
		command.addAll(List.of("-storetype", TYPE, "-storepass", PASSWORD));
		Program program = Program.run(name + "-keytool", Directories.module(), Map.of(), command);
		if (program.exitCode() != 0) {
			throw new AssertionError("keytool: " + program.output());
		}
	}

	private static SSLContext trusting(Path keys) throws IOException {
		try (InputStream in = Files.newInputStream(keys)) {
			KeyStore own = KeyStore.getInstance(TYPE);
			own.load(in, PASSWORD.toCharArray());
			KeyStore trusted = KeyStore.getInstance(TYPE);
			trusted.load(null, null);
			trusted.setCertificateEntry("server", own.getCertificate("server"));
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, factory.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Makes a server of Spring Boot use it. */
	List<String> arguments() {
		return List.of("--server.ssl.key-store=" + this.keys, "--server.ssl.key-store-password=" + PASSWORD,
				"--server.ssl.key-store-type=" + TYPE);
	}

}
