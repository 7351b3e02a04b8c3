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

	/** The directory for what the tests leave behind. */
	static Path target() {
		try {
			return Files.createDirectories(module().resolve("target").resolve("interop"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
