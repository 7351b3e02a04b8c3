package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws what a delivery costs against how many idle connections there are beside the
 * rooms; flat and low is better. The scale is logarithmic.
 */
final class GrowthChart {

	private static final int WIDTH = 760;

	private static final int HEIGHT = 400;

	private static final int LEFT = 64;

	private static final int RIGHT = WIDTH - 176;

	private static final int TOP = 74;

	private static final int BOTTOM = HEIGHT - 52;

	private static final int LABEL_GAP = 14;

	private static final double[] STEPS = { 1, 2, 5 };

	private final Svg svg = new Svg();

	private double mostBeside = 1;

	private double low = Double.MAX_VALUE;

	private double high;

	String draw(Report report) {
		Map<String, List<Summary>> lines = new LinkedHashMap<>();
		Map<Scenario, Integer> beside = new LinkedHashMap<>();
		for (Run run : report.runs()) {
			if (run.scenario().group().equals("growth") && run.measured() != null) {
				beside.put(run.scenario(), run.measured().path("beside").asInt());
			}
		}
		for (Summary row : report.summaries()) {
			if (beside.containsKey(row.scenario()) && row.figure() > 0) {
				lines.computeIfAbsent(row.peer().name(), (name) -> new ArrayList<>()).add(row);
				this.low = Math.min(this.low, row.figure());
				this.high = Math.max(this.high, row.figure());
			}
		}
		beside.values().forEach((count) -> this.mostBeside = Math.max(this.mostBeside, count));
		String title = "CPU per delivery in 100 rooms of 10, with idle connections beside them";
		this.svg.text(20, 30, "start", "title", 15, title);
		this.svg.text(20, 48, "start", "weak", 11, BarChart.subtitle(report));
		this.svg.text(LEFT - 8, TOP - 10, "start", "weak", 11, "us CPU/delivery (logarithmic), 20,000 deliveries/s");
		if (!lines.isEmpty()) {
			axes(beside);
			lines(lines, beside);
		}
		return this.svg.document(WIDTH, HEIGHT, title);
	}

	private void axes(Map<Scenario, Integer> beside) {
		this.low /= 1.3;
		this.high *= 1.3;
		for (double decade = 0.001; decade < this.high; decade *= 10) {
			for (double step : STEPS) {
				double figure = decade * step;
				if (figure >= this.low && figure <= this.high) {
					this.svg.rule(LEFT, y(figure), RIGHT, y(figure), "grid");
					this.svg.text(LEFT - 8, y(figure) + 4, "end", "weak", 11, label(figure));
				}
			}
		}
		this.svg.rule(LEFT, BOTTOM, RIGHT, BOTTOM, "axis");
		for (int count : beside.values()) {
			this.svg.rule(x(count), BOTTOM, x(count), BOTTOM + 4, "axis");
			// The first two are too near to each other for two numbers in a row.
			double drop = (count > 0 && x(count) - LEFT < 50) ? 13 : 0;
			this.svg.text(x(count), BOTTOM + 17 + drop, "middle", "weak", 11, "%,d".formatted(count));
		}
		this.svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", "weak", 11, "idle connections");
	}

	private static String label(double figure) {
		return (figure >= 1) ? "%.0f".formatted(figure) : "%.2g".formatted(figure);
	}

	private void lines(Map<String, List<Summary>> lines, Map<Scenario, Integer> beside) {
		// Labels that would lie on each other are moved apart, the lowest line first.
		TreeMap<Double, Summary> ends = new TreeMap<>(Comparator.reverseOrder());
		for (List<Summary> rows : lines.values()) {
			this.svg.line(rows.stream()
				.map((row) -> new double[] { x(beside.getOrDefault(row.scenario(), 0)), y(row.figure()) })
				.toList(), Svg.colour(rows.get(0).peer()));
			Summary last = rows.get(rows.size() - 1);
			double end = y(last.figure());
			while (ends.containsKey(end)) {
				end += 0.1;
			}
			ends.put(end, last);
		}
		double free = HEIGHT;
		for (Map.Entry<Double, Summary> end : ends.entrySet()) {
			double at = Math.min(end.getKey() + 4, free);
			Summary row = end.getValue();
			String text = BarChart.label(row.peer()) + " %.1f".formatted(row.figure());
			this.svg.text(RIGHT + 10, at, "start", "text", 11, (row.lost() > 0) ? text + ", too slow" : text);
			free = at - LABEL_GAP;
		}
	}

	private double x(double count) {
		return LEFT + 12 + count / this.mostBeside * (RIGHT - LEFT - 24);
	}

	private double y(double figure) {
		return BOTTOM
				- (Math.log(figure) - Math.log(this.low)) / (Math.log(this.high) - Math.log(this.low)) * (BOTTOM - TOP);
	}

}
