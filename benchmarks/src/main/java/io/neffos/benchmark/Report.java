package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that one run of the benchmark found out.
 *
 * @param date when it began, in UTC
 * @param smoke whether it was a smoke run
 * @param machine what it ran on and with
 * @param settings how it ran
 * @param runs every single load
 */
record Report(String date, boolean smoke, Map<String, String> machine, Map<String, String> settings, List<Run> runs) {

	private static final JsonMapper json = new JsonMapper();

	List<Summary> summaries() {
		return Summary.of(this.runs);
	}

	/** The table for people. */
	String table() {
		StringBuilder text = new StringBuilder();
		Scenario current = null;
		for (Summary row : summaries()) {
			if (!row.scenario().equals(current)) {
				current = row.scenario();
				text.append("\n%s: %s%n".formatted(current.name(), current.title()));
				text.append("  %-34s %26s %9s %11s %10s %10s %7s %6s %9s  %s%n".formatted("", current.unit(), "x ours",
						"per second", "p50 us", "p99 us", "lost", "twice", "reordered", ""));
			}
			text.append("  %-34s %26s %9s %11s %10s %10s %7d %6d %9d  %s%n".formatted(row.peer().title(), spread(row),
					number(row.ratio(), "%.2f"), number(row.throughput(), "%,.0f"), number(row.p50(), "%,.0f"),
					number(row.p99(), "%,.0f"), row.lost(), row.duplicated(), row.reordered(),
					String.join("; ", row.notes())));
		}
		text.append('\n');
		this.machine.forEach((name, value) -> text.append("%s: %s%n".formatted(name, value)));
		this.settings.forEach((name, value) -> text.append("%s: %s%n".formatted(name, value)));
		text.append("date: %s%n".formatted(this.date));
		if (this.smoke) {
			text.append("A smoke run: it shows that everything works, and its figures mean nothing.\n");
		}
		return text.toString();
	}

	private static String spread(Summary row) {
		List<Double> figures = row.figures();
		if (figures.isEmpty()) {
			return "-";
		}
		return (figures.size() == 1) ? "%.2f".formatted(row.figure())
				: "%.2f (%.2f to %.2f)".formatted(row.figure(), figures.get(0), figures.get(figures.size() - 1));
	}

	static String number(double value, String format) {
		return Double.isFinite(value) ? format.formatted(value) : "-";
	}

	void writeJson(Path file) throws IOException {
		ObjectNode root = json.createObjectNode();
		root.put("date", this.date).put("smoke", this.smoke);
		ObjectNode described = root.putObject("machine");
		this.machine.forEach(described::put);
		ObjectNode settled = root.putObject("settings");
		this.settings.forEach(settled::put);
		ArrayNode medians = root.putArray("medians");
		for (Summary row : summaries()) {
			ObjectNode node = medians.addObject();
			node.put("scenario", row.scenario().name()).put("title", row.scenario().title());
			node.put("peer", row.peer().name()).put("unit", row.scenario().unit());
			put(node, "median", row.figure());
			put(node, "ratio", row.ratio());
			put(node, "per_second", row.throughput());
			put(node, "p50_us", row.p50());
			put(node, "p99_us", row.p99());
			node.put("lost", row.lost()).put("duplicated", row.duplicated()).put("reordered", row.reordered());
			ArrayNode figures = node.putArray("figures");
			row.figures().forEach(figures::add);
			ArrayNode notes = node.putArray("notes");
			row.notes().forEach(notes::add);
		}
		ArrayNode all = root.putArray("runs");
		for (Run run : this.runs) {
			ObjectNode node = all.addObject();
			node.put("scenario", run.scenario().name()).put("peer", run.peer().name()).put("round", run.round());
			node.put("failure", run.failure());
			if (run.measured() != null) {
				node.set("measured", run.measured());
			}
		}
		Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
	}

	private static void put(ObjectNode node, String name, double value) {
		if (Double.isFinite(value)) {
			node.put(name, value);
		}
		else {
			node.putNull(name);
		}
	}

}
