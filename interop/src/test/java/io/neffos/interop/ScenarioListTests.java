package io.neffos.interop;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Go client against our server and the Java client against an original server prove
 * the same things, apart from what is listed here.
 */
class ScenarioListTests {

	private static final Pattern GO_TEST = Pattern.compile("^func Test(\\w+)\\(", Pattern.MULTILINE);

	private static final Pattern ACRONYM = Pattern.compile("^[A-Z]+(?=[A-Z][a-z])|^[A-Z]");

	private static final String GO_IS_UNRELIABLE = "in Go a request inside a handler takes any frame for its answer (G1)";

	private static final String NEVER_COMES_BACK = "the Go client does not come back (section 11)";

	/** Scenarios of the Java client alone, for either server, and why. */
	private static final Map<String, String> JAVA_ONLY = Map.ofEntries(
			Map.entry("refusedHandshake", "what the Go client does with HTTP answers is gorilla's business"),
			Map.entry("joinThatTheClientItselfRefuses", "the Go client refuses when the server has joined it (G13)"),
			Map.entry("joinByTheServerThatTheServerItselfRefuses", "shows where the servers differ, not the clients"),
			Map.entry("leaveByTheServerThatTheClientCannotRefuse", "how ours treats a handler that tries (B16)"),
			Map.entry("askThatIsNotAnswered", "the Go client's deadline is not ours to test"),
			Map.entry("manyAsksAtOnce", "the Go client can take a close answer for another one (G2)"),
			Map.entry("bigBinary", "the Go client has no bound on frames"),
			Map.entry("quizAnsweredLater", "handlers of ours may return a future"),
			Map.entry("askInsideHandlerWithOtherMessagesInFlight", GO_IS_UNRELIABLE),
			Map.entry("comeBackAfterTheConnectionWasLost", NEVER_COMES_BACK),
			Map.entry("comeBackAfterTheServerRestarted", NEVER_COMES_BACK),
			Map.entry("stayAwayWhenTheServerSaysSo", NEVER_COMES_BACK));

	@Test
	void bothClientsHaveTheSameScenarios() throws IOException {
		Set<String> expected = new TreeSet<>(scenariosOfGo());
		assertThat(expected).doesNotContainAnyElementsOf(JAVA_ONLY.keySet());
		expected.addAll(JAVA_ONLY.keySet());
		assertThat(scenariosOfJava()).isEqualTo(expected);
	}

	private static Set<String> scenariosOfJava() {
		return Arrays.stream(JavaClientIntegrationTests.class.getMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class))
			.map(Method::getName)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> scenariosOfGo() throws IOException {
		try (Stream<Path> files = Files.list(Directories.module().resolve("go"))) {
			return files.filter((file) -> file.toString().endsWith("_test.go"))
				.flatMap((file) -> GO_TEST.matcher(Program.read(file)).results())
				.map((name) -> ACRONYM.matcher(name.group(1)).replaceFirst(ScenarioListTests::lowerCase))
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

	private static String lowerCase(MatchResult beginning) {
		return beginning.group().toLowerCase(Locale.ROOT);
	}

}
