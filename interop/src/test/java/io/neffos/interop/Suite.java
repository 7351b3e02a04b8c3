package io.neffos.interop;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** All scenarios of one client. */
@FunctionalInterface
interface Suite {

	Stream<DynamicTest> run() throws IOException;

	/**
	 * Runs the scenarios. When that cannot be done here, the result is one skipped test:
	 * of a factory that gives up, the reports would not tell.
	 * @param name name of the skipped test
	 * @param suite what to run
	 * @return the scenarios, already run
	 * @throws IOException if a program cannot be run
	 */
	static Stream<DynamicTest> tests(String name, Suite suite) throws IOException {
		try {
			return suite.run();
		}
		catch (TestAbortedException ex) {
			return Stream.of(DynamicTest.dynamicTest(name, () -> {
				System.out.println("Skipped: " + name + ". " + ex.getMessage());
				throw ex;
			}));
		}
	}

}
