package io.neffos.interop;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The original Go client against the original Go server: what both do here is the
 * measure, and the server of {@code go-server} is one that the scenarios fit.
 */
class GoServerIntegrationTests {

	@TestFactory
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> neffosGo() throws IOException {
		return Suite.tests("the Go client against the Go server", () -> {
			GoClient.require();
			try (GoServer server = GoServer.start("go-client")) {
				// Answered by our server only: Difference.ASK_WITHOUT_HANDLER.
				return GoClient.run("neffos-go-with-go-server", server, "TestAskWithoutHandler");
			}
		});
	}

}
