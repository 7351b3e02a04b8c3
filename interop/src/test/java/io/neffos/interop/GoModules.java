package io.neffos.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the Go programs need. */
final class GoModules {

	private GoModules() {
	}

	/** Skips or fails the test without Go, or without the modules of a program. */
	static void require(Path program) throws IOException {
		Tool.run("go", "version");
		Program download = Program.run(program.getFileName() + "-mod-download", program, Map.of(),
				List.of("go", "mod", "download"));
		if (download.exitCode() != 0) {
			throw Missing.report("The Go modules cannot be fetched:\n" + download.output());
		}
	}

}
