package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws the medians as bars, a group for each scenario, shorter is better. */
final class Chart {

	private static final int WIDTH = 860;

	private static final int LEFT = 230;

	private static final int BAR_SPACE = 420;

	private static final int BAR = 18;

	private static final int GAP = 4;

	private static final List<String> OURS = List.of("#1f6f54", "#3f9b7a", "#78c2a4");

	private static final List<String> OTHERS = List.of("#6b7a90", "#94a1b3", "#b7c0cc", "#d3d9e0");

	private final StringBuilder svg = new StringBuilder();

	private int y;

	private Chart() {
	}

	static void write(Report report, Path file) throws IOException {
		Files.writeString(file, new Chart().draw(report));
	}

	private String draw(Report report) {
		Map<Scenario, List<Summary>> groups = new LinkedHashMap<>();
		for (Summary row : report.summaries()) {
			groups.computeIfAbsent(row.scenario(), (scenario) -> new ArrayList<>()).add(row);
		}
		this.y = 34;
		text(16, "start", "bold", 17, report.smoke() ? "Smoke run: these figures mean nothing" : "Shorter is better");
		this.y += 22;
		text(16, "start", "normal", 12, "%s cores, %s, %s, %s".formatted(report.machine().get("cores"),
				report.machine().get("cpu"), report.machine().get("java"), report.date()));
		groups.forEach(this::group);
		int height = this.y + 24;
		return """
				<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif">
				<rect width="100%%" height="100%%" fill="#ffffff"/>
				%s</svg>
				"""
			.formatted(WIDTH, height, WIDTH, height, this.svg);
	}

	private void group(Scenario scenario, List<Summary> rows) {
		this.y += 36;
		text(16, "start", "bold", 13, "%s: %s (%s)".formatted(scenario.name(), scenario.title(), scenario.unit()));
		this.y += 10;
		double most = rows.stream().mapToDouble(Summary::figure).filter(Double::isFinite).max().orElse(1);
		int ours = 0;
		int others = 0;
		for (Summary row : rows) {
			boolean mine = row.peer().title().startsWith(rows.get(0).peer().title())
					&& rows.get(0).peer().name().equals(Peer.OURS);
			String colour = mine ? OURS.get(ours++ % OURS.size()) : OTHERS.get(others++ % OTHERS.size());
			bar(row, most, colour);
		}
	}

	private void bar(Summary row, double most, String colour) {
		double figure = row.figure();
		boolean known = Double.isFinite(figure);
		int length = known ? (int) Math.max(1, Math.round(Math.max(0, figure) / most * BAR_SPACE)) : 0;
		this.svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n".formatted(LEFT, this.y,
				length, BAR, colour));
		this.y += BAR - 5;
		text(LEFT - 8, "end", "normal", 12, row.peer().title());
		String value = known ? "%.2f".formatted(figure) : "not measured";
		if (known && Double.isFinite(row.ratio()) && !row.peer().name().equals(Peer.OURS)) {
			value += " (%.1f x)".formatted(row.ratio());
		}
		if (row.lost() > 0) {
			value += ", loses messages";
		}
		text(LEFT + length + 6, "start", "normal", 12, value);
		this.y += 5 + GAP;
	}

	private void text(int x, String anchor, String weight, int size, String text) {
		this.svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\" font-size=\"%d\">%s</text>%n"
			.formatted(x, this.y, anchor, weight, size, escape(text)));
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
