package io.neffos.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the scenarios of a program from what it printed, one JSON object a line. */
final class Scenarios {

	private static final JsonMapper JSON = new JsonMapper();

	private Scenarios() {
	}

	/** Reads the output of {@code node --test} with the reporter of this module. */
	static Stream<DynamicTest> ofNode(Program program) {
		List<Scenario> scenarios = new ArrayList<>();
		StringBuilder rest = new StringBuilder();
		read(program, rest, (line, json) -> {
			switch (json.path("outcome").asString("")) {
				case "pass" -> scenarios.add(scenario(json, Scenario.Outcome.PASSED));
				case "fail" -> scenarios.add(scenario(json, Scenario.Outcome.FAILED));
				case "skip" -> scenarios.add(scenario(json, Scenario.Outcome.SKIPPED));
				default -> rest.append(json.path("output").asString(line));
			}
		});
		return tests(program, scenarios, rest);
	}

	/** Reads the output of {@code go test -json}. */
	static Stream<DynamicTest> ofGo(Program program) {
		List<Scenario> scenarios = new ArrayList<>();
		Map<String, StringBuilder> details = new HashMap<>();
		StringBuilder rest = new StringBuilder();
		read(program, rest, (line, json) -> {
			String name = json.path("Test").asString("");
			StringBuilder detail = details.computeIfAbsent(name, (key) -> new StringBuilder());
			String action = json.path("Action").asString("");
			if (action.endsWith("output")) {
				(name.isEmpty() ? rest : detail).append(json.path("Output").asString(""));
			}
			else if (!name.isEmpty()) {
				switch (action) {
					case "pass" -> scenarios.add(new Scenario(name, Scenario.Outcome.PASSED, ""));
					case "fail" -> scenarios.add(new Scenario(name, Scenario.Outcome.FAILED, detail.toString()));
					case "skip" -> scenarios.add(new Scenario(name, Scenario.Outcome.SKIPPED, detail.toString()));
					default -> {
					}
				}
			}
		});
		return tests(program, scenarios, rest);
	}

	private static Scenario scenario(JsonNode json, Scenario.Outcome outcome) {
		return new Scenario(json.path("name").asString(""), outcome, json.path("detail").asString(""));
	}

	private static void read(Program program, StringBuilder rest, BiConsumer<String, JsonNode> reader) {
		program.output().lines().forEach((line) -> {
			try {
				reader.accept(line, JSON.readTree(line));
			}
			catch (JacksonException ex) {
				rest.append(line).append('\n');
			}
		});
	}

	/**
	 * A program that failed, or ran nothing, without saying which scenario is a failure
	 * too.
	 */
	private static Stream<DynamicTest> tests(Program program, List<Scenario> scenarios, CharSequence rest) {
		boolean told = scenarios.stream().anyMatch((scenario) -> scenario.outcome() == Scenario.Outcome.FAILED);
		DynamicTest whole = DynamicTest.dynamicTest("the program as a whole", () -> {
			if (scenarios.isEmpty() || (program.exitCode() != 0 && !told)) {
				Assertions.fail("%d scenarios, exit code %d%n%s".formatted(scenarios.size(), program.exitCode(), rest));
			}
		});
		return Stream.concat(scenarios.stream().map(Scenario::test), Stream.of(whole));
	}

}
