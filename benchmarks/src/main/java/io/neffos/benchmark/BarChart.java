package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the medians as bars, a panel for each scenario, shorter is better. A bar that
 * would leave no room for the differences of the others is torn.
 */
final class BarChart {

	private static final int WIDTH = 920;

	private static final int MARGIN = 20;

	private static final int PANEL = (WIDTH - 3 * MARGIN) / 2;

	private static final int LABEL = 148;

	private static final int BAR_SPACE = PANEL - LABEL - 104;

	private static final int ROW = 19;

	private static final int BAR = 14;

	/** How many times the next longest a bar may be. */
	private static final double MOST = 3;

	private final Svg svg = new Svg();

	String draw(Report report) {
		Map<Scenario, List<Summary>> panels = new LinkedHashMap<>();
		for (Summary row : report.summaries()) {
			if (!row.scenario().group().equals("growth") && Double.isFinite(row.figure())) {
				panels.computeIfAbsent(row.scenario(), (scenario) -> new ArrayList<>()).add(row);
			}
		}
		panels.values().removeIf((rows) -> rows.size() < 2);
		String title = report.smoke() ? "Smoke run: these figures mean nothing" : "Shorter is better";
		this.svg.text(MARGIN, 32, "start", "title", 16, title);
		this.svg.text(MARGIN, 50, "start", "weak", 11, subtitle(report));
		double y = 62;
		List<Map.Entry<Scenario, List<Summary>>> list = List.copyOf(panels.entrySet());
		for (int i = 0; i < list.size(); i += 2) {
			int rows = 0;
			for (int side = 0; side < 2 && i + side < list.size(); side++) {
				List<Summary> content = list.get(i + side).getValue();
				panel(MARGIN + side * (PANEL + MARGIN), y, list.get(i + side).getKey(), content);
				rows = Math.max(rows, content.size());
			}
			y += 48 + rows * ROW;
		}
		return this.svg.document(WIDTH, (int) y + 14, title);
	}

	static String subtitle(Report report) {
		return "%s cores, %s, %s, commit %s, %s".formatted(report.machine().get("cores"), report.machine().get("cpu"),
				report.machine().get("java"), report.machine().get("commit"), report.date());
	}

	private void panel(double x, double y, Scenario scenario, List<Summary> rows) {
		this.svg.text(x, y + 20, "start", "title", 12, "%s: %s".formatted(scenario.name(), scenario.title()));
		this.svg.text(x, y + 34, "start", "weak", 11, scenario.figure().unit());
		double most = scale(rows);
		double at = y + 40;
		for (Summary row : rows) {
			double figure = row.figure();
			double length = Math.max(1.5, Math.min(Math.max(0, figure), most) / most * BAR_SPACE);
			String colour = Svg.colour(row.peer());
			this.svg.text(x + LABEL - 8, at + BAR - 3, "end", "text", 11, label(row.peer()));
			this.svg.bar(x + LABEL, at, length, BAR, colour);
			if (figure > most) {
				this.svg.tear(x + LABEL + length - 22, at - 1, BAR + 2);
			}
			this.svg.text(x + LABEL + length + 6, at + BAR - 3, "start", "text", 11, value(row));
			at += ROW;
		}
	}

	/** The longest that is drawn whole. */
	private static double scale(List<Summary> rows) {
		List<Double> sorted = rows.stream().map(Summary::figure).sorted().toList();
		double most = sorted.get(0);
		for (double figure : sorted) {
			most = (figure > MOST * most && figure != sorted.get(0)) ? most * 1.25 : figure;
			if (figure > most) {
				break;
			}
		}
		return Math.max(most, Double.MIN_NORMAL);
	}

	/** What fits beside a bar. */
	static String label(Peer peer) {
		return switch (peer.name()) {
			case Peer.OURS -> "this starter";
			case Peer.STANDARD -> "standard transport";
			case Peer.TUNED -> "small buffers";
			case Peer.STOMP -> "Spring STOMP broker";
			case Peer.GO -> "neffos in Go";
			case Peer.PLAIN -> "WebSocketHandler";
			default -> peer.name().equals(Peer.SOCKETIO) ? peer.title() : peer.name();
		};
	}

	private static String value(Summary row) {
		double figure = row.figure();
		String value = (figure >= 100) ? "%,.0f".formatted(figure)
				: (figure >= 20) ? "%.1f".formatted(figure) : "%.2f".formatted(figure);
		if (Double.isFinite(row.ratio()) && !row.peer().name().equals(Peer.OURS)) {
			value += " (%.1f x)".formatted(row.ratio());
		}
		return (row.lost() > 0) ? value + ", loses" : value;
	}

}
