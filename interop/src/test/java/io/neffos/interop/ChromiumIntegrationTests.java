package io.neffos.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Both browser clients in a real browser, on the sample application's own origin. */
class ChromiumIntegrationTests {

	@TestFactory
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> starterClient() throws IOException {
		return Suite.tests("the starter's client in Chromium", () -> run("chromium-starter", "starter.mjs", null));
	}

	@TestFactory
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	Stream<DynamicTest> neffosJs() throws IOException {
		return Suite.tests("neffos.js in Chromium", () -> {
			Node.requirePackages();
			return run("chromium-neffos-js", "neffos-js.mjs",
					Directories.module().resolve(Path.of("js", "node_modules", "neffos.js", "dist", "neffos.js")));
		});
	}

	private static Stream<DynamicTest> run(String name, String adapter, @Nullable Path client) throws IOException {
		try (Chromium chromium = Chromium.start(); SampleApplication application = SampleApplication.start(name)) {
			List<Scenario> scenarios = ScenarioPage.open(chromium.driver(), application, adapter, client).run();
			Assertions.assertFalse(scenarios.isEmpty(), "there are no scenarios");
			return scenarios.stream().map(Scenario::test);
		}
	}

}
