package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

import io.neffos.benchmark.Scenario.Kind;

/** What the figures were measured on and with. */
public final class Machine {

	private static final String VERSIONS = "/io.neffos.benchmark.versions.properties";

	private Machine() {
	}

	/**
	 * Describe the machine and the software.
	 * @param options says what only the caller can know
	 * @return texts by name, in the order in which they are shown
	 */
	static Map<String, String> describe(Options options) throws IOException {
		Map<String, String> result = hardware();
		result.put("java options", String.join(" ", options.javaOptions(Kind.TIMED)));
		result.put("java options (rate5k, rate20k, growth)", String.join(" ", options.javaOptions(Kind.MANY)));
		result.put("java options (idle)", String.join(" ", options.javaOptions(Kind.RESIDENT)));
		Properties versions = new Properties();
		try (var stream = Machine.class.getResourceAsStream(VERSIONS)) {
			if (stream != null) {
				versions.load(stream);
			}
		}
		versions.stringPropertyNames()
			.stream()
			.sorted()
			.forEach((name) -> result.put(name, versions.getProperty(name)));
		result.put("commit", options.commit());
		result.put("tools", options.tools());
		return result;
	}

	/**
	 * Describe the machine alone.
	 * @return texts by name, in the order in which they are shown
	 */
	public static Map<String, String> hardware() throws IOException {
		Map<String, String> result = new LinkedHashMap<>();
		result.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
		result.put("cpu", line("/proc/cpuinfo", "model name"));
		result.put("memory", line("/proc/meminfo", "MemTotal"));
		result.put("system", "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")));
		result.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
		return result;
	}

	private static String line(String file, String name) throws IOException {
		return Files.readAllLines(Path.of(file))
			.stream()
			.filter((line) -> line.startsWith(name))
			.map((line) -> line.substring(line.indexOf(':') + 1).trim())
			.findFirst()
			.orElse("unknown");
	}

}
