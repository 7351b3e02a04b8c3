package io.neffos.interop;

import org.opentest4j.TestAbortedException;

/** What to do about something that this machine does not have. */
final class Missing {

	private Missing() {
	}

	/**
	 * Skips the test, or fails it where nothing may be skipped.
	 * @param what what is missing, and what would help
	 * @return never
	 */
	static RuntimeException report(String what) {
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(what + " (with CI=true this is a failure, else the test is skipped)");
		}
		throw new TestAbortedException(what);
	}

}
