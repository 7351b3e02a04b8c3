package io.neffos.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are; Maven runs tests in the directory of their module. */
final class Directories {

	private Directories() {
	}

	static Path module() {
		return Path.of("").toAbsolutePath();
	}

	static Path sibling(String module) {
		return module().resolveSibling(module);
	}

	/**
	 * The directory for what the tests leave behind; each of the processes that run them
	 * has its own.
	 */
	static Path target() {
		try {
			String fork = System.getProperty("interop.fork", "0");
			return Files.createDirectories(module().resolve("target").resolve("interop").resolve(fork));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
