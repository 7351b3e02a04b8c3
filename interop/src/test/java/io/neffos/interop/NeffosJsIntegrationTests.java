package io.neffos.interop;

import java.io.IOException;
import java.util.HashMap;
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
		return Suite.tests("neffos.js against the sample application",
				() -> run("neffos-js", () -> SampleApplication.start("neffos-js", "--neffos.transport=upgrade")));
	}

	@TestFactory
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> neffosJsOnTheTransportOfTheContainer() throws IOException {
		return Suite.tests("neffos.js against the sample application on the transport of the container",
				() -> run("neffos-js-standard",
						() -> SampleApplication.start("neffos-js-standard", "--neffos.transport=standard")));
	}

	@TestFactory
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> neffosJsOverTls() throws IOException {
		return Suite.tests("neffos.js against the sample application over TLS",
				() -> run("neffos-js-tls", () -> SampleApplication.startWithTls("neffos-js-tls")));
	}

	private static Stream<DynamicTest> run(String name, Start start) throws IOException {
		Node.require();
		Node.requirePackages();
		try (SampleApplication application = start.run(); ControlServer control = ControlServer.start(application)) {
			Map<String, String> environment = new HashMap<>();
			environment.put("NEFFOS_URL", application.url());
			environment.put("NEFFOS_CONTROL", control.url());
			Tls tls = application.tls();
			if (tls != null) {
				environment.put("NODE_EXTRA_CA_CERTS", tls.certificate().toString());
			}
			return Scenarios.ofNode(Node.test(name, "js", environment));
		}
	}

	/** Starts the application once it is known that it is needed. */
	@FunctionalInterface
	private interface Start {

		SampleApplication run() throws IOException;

	}

}
