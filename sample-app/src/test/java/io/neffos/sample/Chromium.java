package io.neffos.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.util.FileSystemUtils;

/**
 * Browsers of the tests, each with a profile of its own. A test gets those that are idle
 * before new ones are started. What pages have stored stays with their origin, which is
 * another one in the next test, since its port is. Only programs that are on the PATH are
 * used; nothing is downloaded.
 */
final class Chromium implements AutoCloseable {

	static final String NEEDED = "The browser tests need chromium and chromedriver on the PATH";

	private static final List<String> FLAGS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	private final List<ChromeDriver> drivers = new ArrayList<>();

	private final Map<Integer, Deque<ChromeDriver>> idle = new HashMap<>();

	private final Map<ChromeDriver, Integer> busy = new HashMap<>();

	private final List<Path> profiles = new ArrayList<>();

	/**
	 * Whether there is a browser. In CI (environment variable {@code CI=true}) there must
	 * be, so that nobody takes skipped for passed.
	 */
	static boolean isThere() {
		boolean isThere = find("chromium").isPresent() && find("chromedriver").isPresent();
		if (!isThere && "true".equals(System.getenv("CI"))) {
			throw new IllegalStateException(NEEDED);
		}
		return isThere;
	}

	ChatPage laptop(int port) throws IOException {
		return open(port, 1280, 800, Map.of("deviceMetrics", metrics(1280, 800, false)));
	}

	ChatPage phone(int port) throws IOException {
		return open(port, 390, 844, Map.of("deviceMetrics", metrics(390, 844, true)));
	}

	private static Map<String, Object> metrics(int width, int height, boolean touch) {
		return Map.of("width", width, "height", height, "pixelRatio", 1, "touch", touch, "mobile", touch);
	}

	private ChatPage open(int port, int width, int height, Map<String, Object> emulation) throws IOException {
		ChromeDriver driver = this.idle.computeIfAbsent(width, (key) -> new ArrayDeque<>()).poll();
		if (driver == null) {
			driver = start(width, height, emulation);
			this.drivers.add(driver);
		}
		this.busy.put(driver, width);
		return new ChatPage(driver, "http://localhost:" + port + "/");
	}

	/** Ends the pages, and keeps the browsers for the next test. */
	void leavePages() {
		this.busy.forEach((driver, width) -> {
			driver.get("about:blank");
			this.idle.get(width).add(driver);
		});
		this.busy.clear();
	}

	private ChromeDriver start(int width, int height, Map<String, Object> emulation) throws IOException {
		Path profile = Files.createTempDirectory("chromium");
		this.profiles.add(profile);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(find("chromium").orElseThrow());
		options.addArguments(FLAGS);
		options.addArguments("--user-data-dir=" + profile, "--window-size=" + width + "," + height);
		options.setExperimentalOption("mobileEmulation", emulation);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(find("chromedriver").orElseThrow())
			.usingAnyFreePort()
			.build();
		return new ChromeDriver(service, options);
	}

	private static Optional<File> find(String program) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
			.splitAsStream(path)
			.map((folder) -> new File(folder, program))
			.filter(File::canExecute)
			.findFirst();
	}

	@Override
	public void close() throws IOException {
		this.drivers.forEach(ChromeDriver::quit);
		for (Path profile : this.profiles) {
			FileSystemUtils.deleteRecursively(profile);
		}
	}

}
