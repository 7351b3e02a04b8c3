package io.neffos.interop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Node.js and its package manager, as far as this machine has them. */
final class Node {

	private static final int OLDEST = 20;

	private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);

	private static boolean packagesInstalled;

	private Node() {
	}

	/** Skips or fails the test without Node, or with one that is too old. */
	static void require() {
		Matcher version = VERSION.matcher(Tool.run("node", "--version").strip());
		if (!version.matches() || Integer.parseInt(version.group(1)) < OLDEST) {
			throw Missing.report("Node.js " + OLDEST + " or newer is needed");
		}
	}

	/**
	 * Installs the packages of the lock file in {@code js} unless they are there. Another
	 * process may want to do the same, and would remove what this one uses.
	 */
	static synchronized void requirePackages() throws IOException {
		if (packagesInstalled) {
			return;
		}
		Path guard = Files.createDirectories(Directories.module().resolve("target")).resolve("npm.lock");
		try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock lock = channel.lock()) {
			if (!isInstalled()) {
				install();
			}
		}
		packagesInstalled = true;
	}

	/** What the package manager writes last is newer than what it was told. */
	private static boolean isInstalled() throws IOException {
		Path directory = Directories.module().resolve("js");
		Path installed = directory.resolve(Path.of("node_modules", ".package-lock.json"));
		return Files.exists(installed) && Files.getLastModifiedTime(installed)
			.compareTo(Files.getLastModifiedTime(directory.resolve("package-lock.json"))) > 0;
	}

	private static void install() throws IOException {
		String npm = System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
		Tool.run(npm, "--version");
		Program install = Program.run("npm-ci", Directories.module().resolve("js"), Map.of(),
				List.of(npm, "ci", "--no-audit", "--no-fund"));
		if (install.exitCode() != 0) {
			throw Missing.report("The npm packages cannot be installed:\n" + install.output());
		}
	}

	/** Runs all tests in a directory of this module, one file after the other. */
	static Program test(String name, String directory, Map<String, String> environment) throws IOException {
		Path module = Directories.module();
		return Program.run(name, module.resolve(directory), environment,
				List.of("node", "--test", "--test-concurrency=1", "--test-reporter=../support/reporter.mjs"));
	}

}
