package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as JSON, from which it can be shown again. */
final class ReportFile {

	private static final JsonMapper json = new JsonMapper();

	private ReportFile() {
	}

	static void write(Report report, Path file) throws IOException {
		ObjectNode root = json.createObjectNode();
		root.put("date", report.date()).put("smoke", report.smoke());
		ObjectNode described = root.putObject("machine");
		report.machine().forEach(described::put);
		ObjectNode settled = root.putObject("settings");
		report.settings().forEach(settled::put);
		ArrayNode goals = root.putArray("goals");
		for (Goal.Outcome outcome : report.goals()) {
			ObjectNode node = goals.addObject();
			node.put("scenario", outcome.goal().scenario()).put("goal", outcome.text());
			put(node, "measured", outcome.measured());
			node.put("verdict", outcome.verdict());
		}
		ArrayNode medians = root.putArray("medians");
		report.summaries().forEach((row) -> add(medians.addObject(), row));
		ArrayNode all = root.putArray("runs");
		for (Run run : report.runs()) {
			ObjectNode node = all.addObject();
			node.put("scenario", run.scenario().name()).put("title", run.scenario().title());
			node.put("peer", run.peer().name()).put("peer_title", run.peer().title());
			node.put("round", run.round()).put("failure", run.failure());
			if (run.measured() != null) {
				node.set("measured", run.measured());
			}
		}
		Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
	}

	private static void add(ObjectNode node, Summary row) {
		node.put("scenario", row.scenario().name()).put("title", row.scenario().title());
		node.put("peer", row.peer().name()).put("unit", row.scenario().figure().unit());
		put(node, "median", row.figure());
		put(node, "ratio", row.ratio());
		put(node, "growth", row.growth());
		put(node, "per_second", row.throughput());
		put(node, "p50_us", row.p50());
		put(node, "p99_us", row.p99());
		node.put("lost", row.lost()).put("duplicated", row.duplicated()).put("reordered", row.reordered());
		ArrayNode figures = node.putArray("figures");
		row.figures().forEach(figures::add);
		ArrayNode notes = node.putArray("notes");
		row.notes().forEach(notes::add);
	}

	private static void put(ObjectNode node, String name, double value) {
		if (Double.isFinite(value)) {
			node.put(name, value);
		}
		else {
			node.putNull(name);
		}
	}

	/** The report that was written to a file. */
	static Report read(Path file) throws IOException {
		JsonNode root = json.readTree(Files.readString(file));
		List<Run> runs = new ArrayList<>();
		for (JsonNode node : root.path("runs")) {
			String name = node.path("scenario").asString("");
			Optional<Scenario> scenario = Scenarios.all(Integer.MAX_VALUE)
				.stream()
				.filter((known) -> known.name().equals(name))
				.findFirst();
			if (scenario.isPresent()) {
				Peer peer = new Peer(node.path("peer").asString(""), node.path("peer_title").asString(""), "", false,
						List.of(), List.of());
				JsonNode measured = node.path("measured");
				runs.add(new Run(scenario.get().titled(node.path("title").asString("")), peer,
						node.path("round").asInt(), measured.isMissingNode() ? null : measured,
						node.path("failure").asString("")));
			}
		}
		return new Report(root.path("date").asString(""), root.path("smoke").asBoolean(), texts(root.path("machine")),
				texts(root.path("settings")), runs);
	}

	private static Map<String, String> texts(JsonNode node) {
		Map<String, String> result = new LinkedHashMap<>();
		node.properties().forEach((entry) -> result.put(entry.getKey(), entry.getValue().asString("")));
		return result;
	}

}
