package io.neffos.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The original Go client, unchanged, against the sample application. */
class NeffosGoIntegrationTests {

	@TestFactory
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> neffosGo() throws IOException {
		return Suite.tests("the Go client against the sample application", NeffosGoIntegrationTests::run);
	}

	private static Stream<DynamicTest> run() throws IOException {
		Path directory = Directories.module().resolve("go");
		Tool.run("go", "version");
		Program download = Program.run("go-mod-download", directory, Map.of(), List.of("go", "mod", "download"));
		if (download.exitCode() != 0) {
			throw Missing.report("The Go modules cannot be fetched:\n" + download.output());
		}
		try (SampleApplication application = SampleApplication.start("neffos-go");
				ControlServer control = ControlServer.start(application)) {
			return Scenarios.ofGo(Program.run("neffos-go", directory,
					Map.of("NEFFOS_URL", application.url(), "NEFFOS_CONTROL", control.url()),
					List.of("go", "test", "-count=1", "-json", "./...")));
		}
	}

}
