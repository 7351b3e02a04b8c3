package io.neffos.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.neffos.NeffosException;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.NeffosNamespace.Side;
import io.neffos.annotation.OnEvent;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A client that trusts what an SSL bundle of the application says. */
class ClientTlsTests {

	@Test
	void clientTrustsTheCertificatesOfItsBundleAndNoOthers(@TempDir Path directory) throws Exception {
		Path keys = directory.resolve("keys.p12");
		keytool(directory, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost", "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", "changeit",
				"-validity", "2");
		Path certificate = directory.resolve("server.pem");
		keytool(directory, "-exportcert", "-rfc", "-alias", "server", "-keystore", keys.toString(), "-storepass",
				"changeit", "-file", certificate.toString());
		Runners.port()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, NeffosClientAutoConfiguration.class))
			.withPropertyValues("spring.ssl.bundle.jks.server.keystore.location=file:" + keys,
					"spring.ssl.bundle.jks.server.keystore.password=changeit",
					"spring.ssl.bundle.jks.server.keystore.type=PKCS12", "server.ssl.bundle=server",
					"spring.ssl.bundle.pem.trusting.truststore.certificate=file:" + certificate,
					"neffos.client.ssl.bundle=trusting")
			.withUserConfiguration(There.class, Here.class)
			.run((context) -> {
				String uri = "wss://localhost:" + Runners.portOf(context) + "/neffos";
				NeffosClientBuilder builder = context.getBean(NeffosClientBuilder.class).uri(uri);
				NeffosClient client = builder.dial();
				assertThat(client.connect("safe").ask("echo", "in private").text()).isEqualTo("in private");
				NeffosClientBuilder distrustful = NeffosClient.builder()
					.uri(uri)
					.namespaces(context.getBean(DeclaredClientNamespaces.class).all());
				assertThatExceptionOfType(NeffosException.class).isThrownBy(distrustful::dial)
					.withMessageContaining("wss://localhost");
			});
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

	@NeffosNamespace("safe")
	static class There {

		@OnEvent("echo")
		String echo(@Payload String text) {
			return text;
		}

	}

	@NeffosNamespace(value = "safe", side = Side.CLIENT)
	static class Here {

	}

}
