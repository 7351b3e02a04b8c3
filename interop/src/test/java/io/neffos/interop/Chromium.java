package io.neffos.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A browser with an empty profile. Only what is on the PATH is used, nothing downloaded.
 */
final class Chromium implements AutoCloseable {

	private static final List<String> FLAGS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(2);

	/**
	 * Selenium warns of every browser that is newer than its debugging protocol, which is
	 * not used here. Held, since loggers that nobody holds forget their level.
	 */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	private final Path profile;

	private final ChromeDriver driver;

	private Chromium(Path profile, ChromeDriver driver) {
		this.profile = profile;
		this.driver = driver;
	}

	/** Starts one, or skips or fails the test without the programs. */
	static Chromium start() throws IOException {
		File browser = find("chromium");
		File program = find("chromedriver");
		SELENIUM.setLevel(Level.SEVERE);
		Path profile = Files.createTempDirectory("chromium");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser);
		options.addArguments(FLAGS);
		options.addArguments("--user-data-dir=" + profile);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(program)
			.usingAnyFreePort()
			.build();
		try {
			ChromeDriver driver = new ChromeDriver(service, options);
			driver.manage().timeouts().scriptTimeout(SCRIPT_LIMIT);
			return new Chromium(profile, driver);
		}
		catch (RuntimeException ex) {
			service.stop();
			delete(profile);
			throw ex;
		}
	}

	ChromeDriver driver() {
		return this.driver;
	}

	@Override
	public void close() {
		try {
			this.driver.quit();
		}
		finally {
			delete(this.profile);
		}
	}

	private static File find(String program) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
			.splitAsStream(path)
			.map((folder) -> new File(folder, program))
			.filter(File::canExecute)
			.findFirst()
			.orElseThrow(() -> Missing.report("'" + program + "' is not on the PATH"));
	}

	/** As far as possible: processes of the browser may still be writing. */
	private static void delete(Path directory) {
		try (Stream<Path> paths = Files.walk(directory)) {
			for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(path);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			System.out.println("Left behind: " + directory + ", because of " + ex);
		}
	}

}
