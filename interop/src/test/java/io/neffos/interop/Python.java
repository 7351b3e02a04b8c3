package io.neffos.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

/** The programs of {@code python}, as far as this machine can run them. */
final class Python {

	private static final Path DIRECTORY = Directories.module().resolve("python");

	private static boolean packagesInstalled;

	private Python() {
	}

	/** Installs the packages of {@code requirements.txt} for these tests alone, once. */
	static synchronized void require() throws IOException {
		if (packagesInstalled) {
			return;
		}
		Tool.run("python3", "--version");
		Program install = Program.run("pip-install", DIRECTORY, Map.of(),
				List.of("python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade",
						"--target", packages().toString(), "--requirement", "requirements.txt"));
		if (install.exitCode() != 0) {
			throw Missing.report("The Python packages cannot be installed:\n" + install.output());
		}
		packagesInstalled = true;
	}

	/** Runs the scenarios of {@code websockets}. */
	static Stream<DynamicTest> run(String name, SampleApplication application) throws IOException {
		Map<String, String> environment = new HashMap<>();
		environment.put("NEFFOS_URL", application.url());
		environment.put("PYTHONPATH", packages().toString());
		environment.put("PYTHONDONTWRITEBYTECODE", "1");
		Tls tls = application.tls();
		if (tls != null) {
			environment.put("NEFFOS_CERTIFICATE", tls.certificate().toString());
		}
		return Scenarios.ofNode(Program.run(name, DIRECTORY, environment, List.of("python3", "scenarios.py")));
	}

	private static Path packages() {
		return Directories.target().resolve("python-packages");
	}

}
