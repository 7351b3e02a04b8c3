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
 * @param growth how many times its own in the base scenario the median is, or NaN
 * @param throughput the median of the operations per second, NaN if there is none
 * @param p50 the median of the medians of latency in microseconds, or NaN
 * @param p99 the median of the 99th percentiles, or NaN
 * @param lost messages, or answers, that did not come, in all rounds
 * @param duplicated messages that came twice
 * @param reordered messages that came after a later one
 * @param notes what else is to be known
 */
record Summary(Scenario scenario, Peer peer, List<Double> figures, double ratio, double growth, double throughput,
		double p50, double p99, long lost, long duplicated, long reordered, List<String> notes) {

	private static final double DISTURBED_CORES = 0.1;

	static List<Summary> of(List<Run> runs) {
		List<Summary> result = new ArrayList<>();
		for (Scenario scenario : runs.stream().map(Run::scenario).distinct().toList()) {
			List<Run> mine = runs.stream().filter((run) -> run.scenario().equals(scenario)).toList();
			for (Peer peer : mine.stream().map(Run::peer).distinct().toList()) {
				result.add(of(scenario, peer, runs));
			}
		}
		return result;
	}

	private static Summary of(Scenario scenario, Peer peer, List<Run> all) {
		List<Run> runs = runs(all, scenario.name(), peer.name());
		String field = scenario.figure().field();
		List<Double> figures = values(runs, field);
		double figure = median(figures);
		String latency = scenario.latency();
		return new Summary(scenario, peer, figures,
				figure / median(values(runs(all, scenario.name(), Peer.OURS), field)),
				figure / median(values(runs(all, scenario.base(), peer.name()), field)),
				median(values(runs, scenario.throughput())),
				median(values(runs, latency.isEmpty() ? "" : latency + "/p50")),
				median(values(runs, latency.isEmpty() ? "" : latency + "/p99")),
				sum(runs, "/lost") + sum(runs, "/unanswered") + sum(runs, "/bad_replies"), sum(runs, "/dups"),
				sum(runs, "/reordered"), notes(runs, field));
	}

	private static List<Run> runs(List<Run> all, String scenario, String peer) {
		return all.stream()
			.filter((run) -> run.scenario().name().equals(scenario) && run.peer().name().equals(peer))
			.toList();
	}

	private static List<String> notes(List<Run> runs, String figure) {
		List<String> notes = new ArrayList<>();
		long worked = runs.stream().filter((run) -> run.measured() != null).count();
		if (values(runs, figure).size() < worked) {
			notes.add("nothing arrived");
		}
		runs.stream().map(Run::failure).filter((text) -> !text.isEmpty()).distinct().forEach(notes::add);
		double heap = median(values(runs, "/server/heap_bytes_per_conn"));
		if (Double.isFinite(heap)) {
			notes.add("%.1f KB of it live heap".formatted(heap / 1024));
		}
		double rate = median(values(runs, "/rate"));
		if (rate > 0 && sum(runs, "/lost") > 0) {
			notes.add("%.1f %% did not come in time".formatted(100.0 * sum(runs, "/lost") / sum(runs, "/expected")));
		}
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

	/** How many messages did not come as they should. */
	long faults() {
		return this.lost + this.duplicated + this.reordered;
	}

}
