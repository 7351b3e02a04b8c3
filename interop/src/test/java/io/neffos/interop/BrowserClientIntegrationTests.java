package io.neffos.interop;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The client that the starter serves, in Node. */
class BrowserClientIntegrationTests {

	@TestFactory
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> clientAlone() throws IOException {
		return Suite.tests("the browser client alone", BrowserClientIntegrationTests::runAlone);
	}

	@TestFactory
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> clientAgainstTheSampleApplication() throws IOException {
		return Suite.tests("the browser client against the sample application", BrowserClientIntegrationTests::run);
	}

	private static Stream<DynamicTest> runAlone() throws IOException {
		Node.require();
		return Scenarios.ofNode(Node.test("browser-client-alone", "client", Map.of()));
	}

	private static Stream<DynamicTest> run() throws IOException {
		Node.require();
		Node.requirePackages();
		try (SampleApplication application = SampleApplication.start("browser-client");
				ControlServer control = ControlServer.start(application)) {
			return Scenarios.ofNode(Node.test("browser-client", "browser",
					Map.of("NEFFOS_URL", application.url(), "NEFFOS_CONTROL", control.url())));
		}
	}

}
