package io.neffos.interop;

import java.io.IOException;
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
		return Suite.tests("the Go client against the sample application", () -> {
			GoClient.require();
			try (SampleApplication application = SampleApplication.start("neffos-go")) {
				return GoClient.run("neffos-go", application);
			}
		});
	}

}
