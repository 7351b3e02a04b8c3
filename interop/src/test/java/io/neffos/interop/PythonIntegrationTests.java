package io.neffos.interop;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The library {@code websockets} of Python against the sample application. */
class PythonIntegrationTests {

	@TestFactory
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> websockets() throws IOException {
		return Suite.tests("websockets of Python", () -> {
			Python.require();
			try (SampleApplication application = SampleApplication.start("python", "--neffos.transport=upgrade")) {
				return Python.run("python", application);
			}
		});
	}

	@TestFactory
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> websocketsOverTls() throws IOException {
		return Suite.tests("websockets of Python over TLS", () -> {
			Python.require();
			try (SampleApplication application = SampleApplication.startWithTls("python-tls",
					"--neffos.transport=upgrade")) {
				return Python.run("python-tls", application);
			}
		});
	}

}
