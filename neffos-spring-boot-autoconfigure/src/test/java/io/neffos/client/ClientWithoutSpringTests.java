package io.neffos.client;

import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.neffos.NeffosServer;
import io.neffos.engine.EngineSettings;
import io.neffos.websocket.RealServer;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A client needs neither Spring nor a servlet container: there is none here. */
class ClientWithoutSpringTests {

	@Test
	void runsOnTheLibraryAndItsLoggingFacadeAlone(@TempDir Path directory) throws Exception {
		Path program = directory.resolve(StandaloneChat.class.getName().replace('.', File.separatorChar) + ".class");
		Files.createDirectories(program.getParent());
		Files.copy(locationOf(StandaloneChat.class).resolve(directory.relativize(program)), program);
		String classPath = String.join(File.pathSeparator, directory.toString(),
				locationOf(NeffosServer.class).toString(), locationOf(LogFactory.class).toString(),
				locationOf(Nullable.class).toString());
		try (RealServer server = RealServer.onTomcat(EngineSettings.DEFAULTS, List.of())) {
			Path output = directory.resolve("output");
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", classPath, StandaloneChat.class.getName(), "ws://localhost:" + server.port() + "/neffos")
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = process.waitFor(40, TimeUnit.SECONDS);
			process.destroyForcibly();
			String printed = Files.readString(output, StandardCharsets.UTF_8);
			assertThat(ended).as(printed).isTrue();
			assertThat(printed.lines()).containsExactlyInAnyOrder("lobby: hello", "still there?");
			assertThat(process.exitValue()).isZero();
		}
	}

	private static Path locationOf(Class<?> type) throws Exception {
		URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
		return Path.of(location);
	}

}
