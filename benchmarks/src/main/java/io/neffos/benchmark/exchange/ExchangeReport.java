package io.neffos.benchmark.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that one run found out.
 *
 * @param date when it began, in UTC
 * @param smoke whether it was a smoke run
 * @param described what it ran on, with and how
 * @param findings every single load
 */
record ExchangeReport(String date, boolean smoke, Map<String, String> described, List<Finding> findings) {

	private static final JsonMapper json = new JsonMapper();

	/** The tables, in Markdown. */
	String markdown() {
		StringBuilder text = new StringBuilder("# Two servers behind one broker\n");
		for (String scenario : this.findings.stream().map(Finding::scenario).distinct().toList()) {
			List<Finding> mine = this.findings.stream().filter((one) -> one.scenario().equals(scenario)).toList();
			text.append("\n`%s`: %s%n%n".formatted(scenario, mine.get(0).title()));
			table(text, mine);
			mine.stream()
				.filter((one) -> !one.failure().isEmpty())
				.forEach(
						(one) -> text.append("%n%s, round %d: %s%n".formatted(one.peer(), one.round(), one.failure())));
		}
		text.append('\n');
		this.described.forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
		text.append("- date: %s%n".formatted(this.date));
		if (this.smoke) {
			text.append("\nA smoke run: it shows that everything works, and its figures mean nothing.\n");
		}
		return text.toString();
	}

	private static void table(StringBuilder text, List<Finding> findings) {
		List<Column> columns = columns(findings.stream().map(Finding::peer).distinct().toList());
		text.append("| |").append(line(columns.stream().map(Column::title).toList()));
		text.append("|---|").append(line(columns.stream().map((column) -> "---:").toList()));
		for (String name : findings.stream().flatMap((one) -> one.figures().keySet().stream()).distinct().toList()) {
			text.append("| %s |".formatted(name))
				.append(line(columns.stream().map((column) -> column.cell(findings, name)).toList()));
		}
	}

	private static String line(List<String> cells) {
		return cells.stream().map((cell) -> " %s |".formatted(cell)).collect(Collectors.joining()) + "\n";
	}

	private static List<Column> columns(List<String> peers) {
		List<Column> columns = new ArrayList<>();
		for (BrokerKind kind : BrokerKind.values()) {
			String ours = "ours-" + kind.text();
			String theirs = "go-" + kind.text();
			if (peers.contains(ours)) {
				columns.add(new Column(ours, ""));
			}
			if (peers.contains(theirs)) {
				columns.add(new Column(theirs, ""));
			}
			if (peers.contains(ours) && peers.contains(theirs)) {
				columns.add(new Column(theirs, ours));
			}
		}
		return columns;
	}

	/** All of it, for programs. */
	String json() {
		ObjectNode root = json.createObjectNode();
		root.put("date", this.date).put("smoke", this.smoke);
		ObjectNode on = root.putObject("described");
		this.described.forEach(on::put);
		ArrayNode all = root.putArray("findings");
		for (Finding one : this.findings) {
			ObjectNode node = all.addObject();
			node.put("scenario", one.scenario()).put("title", one.title()).put("peer", one.peer());
			node.put("round", one.round()).put("failure", one.failure());
			ObjectNode figures = node.putObject("figures");
			one.figures().forEach(figures::put);
			if (one.measured() != null) {
				node.set("measured", one.measured());
			}
		}
		return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
	}

	/**
	 * A column of a table.
	 *
	 * @param peer whose figures it shows
	 * @param base how many times whose they are, empty to show themselves
	 */
	private record Column(String peer, String base) {

		private static final double EXACT = 1e-6;

		String title() {
			return this.base.isEmpty() ? "`%s`".formatted(this.peer) : "x ours";
		}

		String cell(List<Finding> findings, String name) {
			double own = value(findings, this.peer, name);
			if (this.base.isEmpty()) {
				return number(own);
			}
			double other = value(findings, this.base, name);
			return Asked.UNCOMPARED.contains(name) || other <= 0 ? "" : number(own / other);
		}

		private static double value(List<Finding> findings, String peer, String name) {
			List<Double> values = findings.stream()
				.filter((one) -> one.peer().equals(peer))
				.map((one) -> one.figures().get(name))
				.filter(Objects::nonNull)
				.sorted()
				.toList();
			if (values.isEmpty()) {
				return Double.NaN;
			}
			if (Asked.SUMS.contains(name)) {
				return values.stream().mapToDouble(Double::doubleValue).sum();
			}
			return (values.get((values.size() - 1) / 2) + values.get(values.size() / 2)) / 2;
		}

		private static String number(double value) {
			if (!Double.isFinite(value)) {
				return "-";
			}
			boolean whole = Math.abs(value - Math.rint(value)) < EXACT || Math.abs(value) >= 100;
			return (whole ? "%,.0f" : (Math.abs(value) >= 10) ? "%.1f" : "%.2f").formatted(value);
		}

	}

}
