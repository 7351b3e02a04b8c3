package io.neffos.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A page of the sample application's origin with the scenarios of {@code chromium} and
 * one client in it.
 */
final class ScenarioPage {

	private static final String SERVED_CLIENT = "/neffos/client.mjs";

	private final SampleApplication application;

	private final JavascriptExecutor page;

	private final List<?> names;

	private ScenarioPage(SampleApplication application, JavascriptExecutor page, List<?> names) {
		this.application = application;
		this.page = page;
		this.names = names;
	}

	/**
	 * Opens the page and loads the modules into it.
	 * @param driver the browser
	 * @param application the application whose endpoint the scenarios use
	 * @param adapter file of the client in the words of the scenarios
	 * @param client file of the client, or {@code null} for the client that the
	 * application serves
	 * @return the page
	 * @throws IOException if a file cannot be read
	 */
	static ScenarioPage open(ChromeDriver driver, SampleApplication application, String adapter, @Nullable Path client)
			throws IOException {
		String origin = application.url().replaceFirst("ws(.*)/neffos", "http$1");
		// Not the chat page: its content security policy keeps out modules that the
		// server does not have.
		driver.get(origin + SERVED_CLIENT);
		Path module = Directories.module();
		Path chromium = module.resolve("chromium");
		Map<String, String> texts = new HashMap<>();
		for (String specifier : List.of("node:assert/strict", "node:crypto", "node:test")) {
			texts.put(specifier, Files.readString(chromium.resolve("node.mjs")));
		}
		texts.put("support", Files.readString(module.resolve("support").resolve("scenario.mjs")));
		texts.put("page", Files.readString(chromium.resolve("support.mjs")));
		texts.put("client", Files.readString(chromium.resolve(adapter)));
		texts.put("scenarios", Files.readString(chromium.resolve("scenarios.mjs")));
		Map<String, String> files = new HashMap<>();
		if (client != null) {
			texts.put("neffos", Files.readString(client));
		}
		else {
			files.put("neffos", SERVED_CLIENT);
		}
		Map<?, ?> loaded = (Map<?, ?>) driver.executeAsyncScript(Files.readString(chromium.resolve("page.js")), texts,
				files, application.url());
		if (!(loaded.get("names") instanceof List<?> names)) {
			throw new AssertionError("The scenarios cannot be loaded: " + loaded.get("detail"));
		}
		return new ScenarioPage(application, driver, names);
	}

	/**
	 * Runs all scenarios, one after the other.
	 * @return how each ended
	 * @throws IOException if the application cannot be restarted
	 */
	List<Scenario> run() throws IOException {
		List<Scenario> scenarios = new ArrayList<>();
		for (Object name : this.names) {
			scenarios.add(run((String) name));
		}
		return scenarios;
	}

	private Scenario run(String name) throws IOException {
		try {
			Map<?, ?> event = next("start(arguments[0])", name);
			while (event.get("restart") instanceof String how) {
				this.application.restart("kill".equals(how));
				event = next("resume()", name);
			}
			boolean passed = "pass".equals(event.get("outcome"));
			return new Scenario(name, passed ? Scenario.Outcome.PASSED : Scenario.Outcome.FAILED,
					String.valueOf(event.get("detail")));
		}
		catch (TimeoutException ex) {
			return new Scenario(name, Scenario.Outcome.FAILED, "no end: " + ex.getMessage());
		}
	}

	private Map<?, ?> next(String call, String name) {
		return (Map<?, ?>) this.page.executeAsyncScript("neffosScenarios." + call + ".then(arguments[1])", name);
	}

}
