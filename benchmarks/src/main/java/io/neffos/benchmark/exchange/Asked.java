package io.neffos.benchmark.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** What both servers are asked while it is timed. */
enum Asked {

	/** As fast as they can, half of it within a server. */
	ACROSS("across", "1,000 members in rooms of 10, half on each server, two senders in each, 16 messages in flight",
			"--n 1000 --rooms 100 --senders 200 --window 16"),

	/** At a rate that all can do. */
	LATENCY("latency", "100 members in rooms of 10, half on each server, 500 messages/s for 5,000 deliveries/s",
			"--n 100 --rooms 10 --senders 20 --rate 500"),

	/** What it costs to send away. */
	PUBLISH("publish",
			"1,000 members in rooms of 10, the only sender of each alone on the first server, 16 messages in flight",
			"--n 1000 --rooms 100 --first 1 --window 16");

	private static final String LOST = "lost";

	private static final String LOST_ACROSS = "of them from one server to the other";

	private static final String TWICE = "twice";

	private static final String REORDERED = "out of order";

	private static final String CLOSED = "connections closed";

	/** Of these the sum of all rounds counts. */
	static final Set<String> SUMS = Set.of("expected deliveries", LOST, LOST_ACROSS, TWICE, REORDERED, CLOSED);

	private static final String OTHERS = "cores busy with something else";

	/** Of these there is nothing to compare. */
	static final Set<String> UNCOMPARED = Stream.concat(SUMS.stream(), Stream.of(OTHERS))
		.collect(Collectors.toUnmodifiableSet());

	private final String text;

	private final String title;

	private final String load;

	Asked(String text, String title, String load) {
		this.text = text;
		this.title = title;
		this.load = load;
	}

	/** How it is selected. */
	String text() {
		return this.text;
	}

	/** What it is, for people. */
	String title() {
		return this.title;
	}

	/** The load generator's arguments. */
	List<String> load() {
		return List.of(this.load.split(" ", -1));
	}

	/**
	 * What is looked at.
	 * @param measured what the load generator reported
	 * @return figures by what they are and their unit, in the order in which they are
	 * shown
	 */
	Map<String, Double> figures(JsonNode measured) {
		Map<String, Double> figures = new LinkedHashMap<>();
		double seconds = measured.path("seconds").asDouble();
		double messages = measured.path("broadcasts").asDouble();
		double deliveries = measured.path("deliveries").asDouble();
		double first = cpu(measured, "server");
		double second = cpu(measured, "server2");
		double broker = cpu(measured, "broker");
		figures.put("messages/s", messages / seconds);
		figures.put("deliveries/s", deliveries / seconds);
		figures.put("deliveries/s from one server to the other",
				measured.at("/across/deliveries_per_s").asDouble(Double.NaN));
		if (this == PUBLISH) {
			figures.put("CPU of the sending server, us/message", first / messages);
			figures.put("CPU of the receiving server, us/delivery",
					second / (measured.at("/across/deliveries_per_s").asDouble() * seconds));
		}
		else {
			figures.put("CPU of both servers, us/delivery", (first + second) / deliveries);
		}
		figures.put("CPU of the broker, us/message", broker / messages);
		figures.put("CPU of servers and broker, us/delivery", (first + second + broker) / deliveries);
		figures.put("p50 from one server to the other, us", measured.at("/across/latency_us/p50").asDouble(Double.NaN));
		figures.put("p99 from one server to the other, us", measured.at("/across/latency_us/p99").asDouble(Double.NaN));
		figures.put("p99 of all deliveries, us", measured.at("/latency_us/p99").asDouble(Double.NaN));
		figures.put("expected deliveries", measured.path("expected").asDouble());
		figures.put(LOST, measured.path("lost").asDouble());
		figures.put(LOST_ACROSS, measured.at("/across/lost").asDouble());
		figures.put(TWICE, measured.path("dups").asDouble());
		figures.put(REORDERED, measured.path("reordered").asDouble());
		figures.put(CLOSED, measured.path("closed").asDouble());
		figures.put(OTHERS, measured.at("/machine/other_cores").asDouble(Double.NaN));
		return figures;
	}

	/** In microseconds. */
	private static double cpu(JsonNode measured, String process) {
		return measured.path(process).path("cpu_s").asDouble() * 1e6;
	}

}
