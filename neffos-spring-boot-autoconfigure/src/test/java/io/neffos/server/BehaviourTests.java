package io.neffos.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that is tested of three servers, again over a broker: runs the classes named
 * {@code ...InClusterTests}, and reports each of their tests as one of its own. JUnit's
 * suites do the same, but are reported in the names of the classes they run, where the
 * last run hides the others and nobody sees that one was skipped.
 */
abstract class BehaviourTests {

	private final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
		.enableTestExecutionListenerAutoRegistration(false)
		.enableLauncherSessionListenerAutoRegistration(false)
		.build());

	@TestFactory
	Stream<DynamicNode> sameOnThreeServers() {
		LauncherDiscoveryRequest all = request()
			.selectors(DiscoverySelectors.selectPackage(BehaviourTests.class.getPackageName()))
			.filters(ClassNameFilter.includeClassNamePatterns(".*InClusterTests"))
			.build();
		TestPlan plan = this.launcher.discover(all);
		List<TestIdentifier> classes = plan.getRoots()
			.stream()
			.flatMap((engine) -> plan.getChildren(engine).stream())
			.toList();
		assertThat(classes).isNotEmpty();
		// Each is run when its turn has come to be reported.
		return classes.stream()
			.map((one) -> DynamicContainer.dynamicContainer(one.getDisplayName(), Stream.of(one).flatMap(this::run)));
	}

	private Stream<DynamicTest> run(TestIdentifier one) {
		Results results = new Results(one.getDisplayName());
		this.launcher.execute(request().selectors(DiscoverySelectors.selectUniqueId(one.getUniqueId())).build(),
				results);
		assertThat(results.tests).isNotEmpty();
		return results.tests.stream();
	}

	private static LauncherDiscoveryRequestBuilder request() {
		return LauncherDiscoveryRequestBuilder.request()
			.filters(EngineFilter.includeEngines("junit-jupiter"))
			.configurationParameter("junit.jupiter.execution.timeout.default", "60s")
			.configurationParameter("junit.jupiter.execution.timeout.threaddump.enabled", "true");
	}

	private static void report(String name, TestExecutionResult result) throws Throwable {
		Throwable thrown = result.getThrowable().orElse(null);
		if (thrown instanceof TestAbortedException) {
			throw thrown;
		}
		if (thrown != null) {
			// Reports give dynamic tests numbers and no names.
			throw new AssertionError(name + ": " + thrown.getMessage(), thrown);
		}
	}

	/** Of tests, and of classes that could not begin or end well. */
	private static final class Results implements TestExecutionListener {

		private final List<DynamicTest> tests = new ArrayList<>();

		private final String className;

		Results(String className) {
			this.className = className;
		}

		@Override
		public void executionSkipped(TestIdentifier test, String reason) {
			add(test, TestExecutionResult.aborted(new TestAbortedException(reason)));
		}

		@Override
		public void executionFinished(TestIdentifier test, TestExecutionResult result) {
			if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
				add(test, result);
			}
		}

		private void add(TestIdentifier test, TestExecutionResult result) {
			String name = this.className + "." + test.getLegacyReportingName();
			this.tests.add(DynamicTest.dynamicTest(name, () -> report(name, result)));
		}

	}

}
