package io.neffos.benchmark;

import java.util.List;
import java.util.Map;

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

	List<Summary> summaries() {
		return Summary.of(this.runs);
	}

	/** What became of the goals, as far as they can be reached at all by what was run. */
	List<Goal.Outcome> goals() {
		List<Summary> rows = summaries();
		return Goal.ALL.stream().map((goal) -> goal.outcome(rows)).toList();
	}

	/** The table for people. */
	String table() {
		StringBuilder text = new StringBuilder();
		Scenario current = null;
		for (Summary row : summaries()) {
			if (!row.scenario().equals(current)) {
				current = row.scenario();
				text.append("\n%s: %s%n".formatted(current.name(), current.title()));
				text.append("  %-42s %26s %7s %9s %11s %9s %9s %7s %6s %9s  %s%n".formatted("", current.figure().unit(),
						"x ours", current.base().isEmpty() ? "" : "x " + current.base(), "per second", "p50 us",
						"p99 us", "lost", "twice", "reordered", ""));
			}
			text.append("  %-42s %26s %7s %9s %11s %9s %9s %7d %6d %9d  %s%n".formatted(row.peer().title(), spread(row),
					number(row.ratio(), "%.2f"), number(row.growth(), "%.2f"), number(row.throughput(), "%,.0f"),
					number(row.p50(), "%,.0f"), number(row.p99(), "%,.0f"), row.lost(), row.duplicated(),
					row.reordered(), String.join("; ", row.notes())));
		}
		text.append("%ngoals%n".formatted());
		for (Goal.Outcome outcome : goals()) {
			text.append("  %-11s %-64s %10s  %s%n".formatted(outcome.goal().scenario(), outcome.text(),
					number(outcome.measured(), "%.2f"), this.smoke ? "smoke run" : outcome.verdict()));
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

}
