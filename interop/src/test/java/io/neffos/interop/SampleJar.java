package io.neffos.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The packaged sample application. */
final class SampleJar {

	private static final String HELP = ": package it first, for example with 'mvn verify' in the root directory";

	private SampleJar() {
	}

	/**
	 * Finds the jar.
	 * @return a jar that is as new as the classes it was made of
	 * @throws IOException if the directories cannot be read
	 */
	static Path find() throws IOException {
		Path target = Directories.sibling("sample-app").resolve("target");
		Optional<Path> found = list(target)
			.filter((path) -> path.getFileName().toString().matches("sample-app-.*\\.jar"))
			.findFirst();
		if (found.isEmpty()) {
			throw Missing.report("The sample application is not packaged" + HELP);
		}
		Path jar = found.get();
		FileTime packaged = Files.getLastModifiedTime(jar);
		for (String module : new String[] { "sample-app", "neffos-spring-boot-autoconfigure" }) {
			Path classes = Directories.sibling(module).resolve("target").resolve("classes");
			Optional<FileTime> changed = list(classes).filter((path) -> path.toString().endsWith(".class"))
				.map(SampleJar::modified)
				.max(Comparator.naturalOrder());
			if (changed.isPresent() && changed.get().compareTo(packaged) > 0) {
				throw Missing.report("The packaged sample application is older than the classes of " + module + HELP);
			}
		}
		return jar;
	}

	private static Stream<Path> list(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			return Stream.empty();
		}
		try (Stream<Path> paths = Files.walk(directory)) {
			return paths.toList().stream();
		}
	}

	private static FileTime modified(Path file) {
		try {
			return Files.getLastModifiedTime(file);
		}
		catch (IOException ex) {
			return FileTime.fromMillis(0);
		}
	}

}
