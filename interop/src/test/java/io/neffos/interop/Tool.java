package io.neffos.interop;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A command line tool that a machine may lack. */
final class Tool {

	private Tool() {
	}

	/**
	 * Runs a tool to see whether it is there.
	 * @param command its name
	 * @param argument what makes it print something and end
	 * @return what it printed
	 */
	static String run(String command, String argument) {
		try {
			Program program = Program.run(command.replace('.', '-'), Directories.module(), Map.of(),
					List.of(command, argument));
			if (program.exitCode() == 0) {
				return program.output();
			}
			throw Missing.report("'%s %s' fails:%n%s".formatted(command, argument, program.output()));
		}
		catch (IOException ex) {
			throw Missing.report("'%s' is not installed: %s".formatted(command, ex.getMessage()));
		}
	}

}
