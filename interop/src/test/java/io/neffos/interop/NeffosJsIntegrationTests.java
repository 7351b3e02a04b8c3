package io.neffos.interop;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The original JavaScript client, unchanged, against the sample application. */
class NeffosJsIntegrationTests {

	@TestFactory
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> neffosJs() throws IOException {
		return Suite.tests("neffos.js against the sample application", NeffosJsIntegrationTests::run);
	}

	private static Stream<DynamicTest> run() throws IOException {
		Node.require();
		Node.requirePackages();
		try (SampleApplication application = SampleApplication.start("neffos-js");
				ControlServer control = ControlServer.start(application)) {
			return Scenarios.ofNode(Node.test("neffos-js", "js",
					Map.of("NEFFOS_URL", application.url(), "NEFFOS_CONTROL", control.url())));
		}
	}

}
