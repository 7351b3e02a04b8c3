package io.neffos.interop;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * The end of one scenario of a program.
 *
 * @param name its name in the program
 * @param outcome how it ended
 * @param detail why it failed or was skipped
 */
record Scenario(String name, Outcome outcome, String detail) {

	enum Outcome {

		PASSED, FAILED, SKIPPED

	}

	DynamicTest test() {
		return DynamicTest.dynamicTest(this.name, () -> {
			switch (this.outcome) {
				case PASSED -> {
				}
				case FAILED -> Assertions.fail(this.name + ": " + this.detail);
				case SKIPPED -> throw Missing.report(this.name + " was skipped: " + this.detail);
			}
		});
	}

}
