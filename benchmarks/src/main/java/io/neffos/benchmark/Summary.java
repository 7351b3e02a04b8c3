package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.JsonNode;

/**
 * What one peer showed in one scenario, over all rounds.
 *
 * @param scenario the scenario
 * @param peer the peer
 * @param figures the main figure of each round that worked
 * @param ratio how many times ours the median is, NaN if unknown
 * @param throughput the median of the operations per second, NaN if there is none
 * @param p50 the median of the medians of latency in microseconds, or NaN
 * @param p99 the median of the 99th percentiles, or NaN
 * @param lost messages, or answers, that did not come, in all rounds
 * @param duplicated messages that came twice
 * @param reordered messages that came after a later one
 * @param notes what else is to be known
 */
record Summary(Scenario scenario, Peer peer, List<Double> figures, double ratio, double throughput, double p50,
		double p99, long lost, long duplicated, long reordered, List<String> notes) {

	private static final double DISTURBED_CORES = 0.1;

	static List<Summary> of(List<Run> runs) {
		List<Summary> result = new ArrayList<>();
		for (Scenario scenario : runs.stream().map(Run::scenario).distinct().toList()) {
			List<Run> mine = runs.stream().filter((run) -> run.scenario().equals(scenario)).toList();
			double ours = median(values(mine.stream().filter((run) -> run.peer().name().equals(Peer.OURS)).toList(),
					scenario.figure()));
			for (Peer peer : mine.stream().map(Run::peer).distinct().toList()) {
				result.add(of(scenario, peer, mine.stream().filter((run) -> run.peer().equals(peer)).toList(), ours));
			}
		}
		return result;
	}

	private static Summary of(Scenario scenario, Peer peer, List<Run> runs, double ours) {
		List<Double> figures = values(runs, scenario.figure());
		String latency = scenario.latency();
		return new Summary(scenario, peer, figures, median(figures) / ours, median(values(runs, scenario.throughput())),
				median(values(runs, latency.isEmpty() ? "" : latency + "/p50")),
				median(values(runs, latency.isEmpty() ? "" : latency + "/p99")),
				sum(runs, "/lost") + sum(runs, "/unanswered") + sum(runs, "/bad_replies"), sum(runs, "/dups"),
				sum(runs, "/reordered"), notes(runs, scenario.figure()));
	}

	private static List<String> notes(List<Run> runs, String figure) {
		List<String> notes = new ArrayList<>();
		long worked = runs.stream().filter((run) -> run.measured() != null).count();
		if (values(runs, figure).size() < worked) {
			notes.add("nothing arrived");
		}
		runs.stream().map(Run::failure).filter((text) -> !text.isEmpty()).distinct().forEach(notes::add);
		for (String field : List.of("errors", "closed", "unexpected", "timed_out")) {
			long count = sum(runs, "/" + field);
			if (count > 0) {
				notes.add("%s: %,d".formatted(field, count));
			}
		}
		double others = values(runs, "/machine/other_cores").stream().mapToDouble(Double::doubleValue).max().orElse(0);
		if (others > DISTURBED_CORES) {
			notes.add("disturbed: %.2f cores were busy with something else".formatted(others));
		}
		return notes;
	}

	private static List<Double> values(List<Run> runs, String field) {
		return runs.stream()
			.map(Run::measured)
			.filter(Objects::nonNull)
			.map((measured) -> field.isEmpty() ? measured.path("none") : measured.at(field))
			.filter(JsonNode::isNumber)
			.map(JsonNode::asDouble)
			.sorted()
			.toList();
	}

	private static long sum(List<Run> runs, String field) {
		return (long) values(runs, field).stream().mapToDouble(Double::doubleValue).sum();
	}

	static double median(List<Double> sorted) {
		int half = sorted.size() / 2;
		if (sorted.isEmpty()) {
			return Double.NaN;
		}
		return (sorted.size() % 2 == 1) ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
	}

	double figure() {
		return median(this.figures);
	}

}
