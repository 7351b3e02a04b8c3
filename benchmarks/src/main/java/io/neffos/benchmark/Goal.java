package io.neffos.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * Something that our server wants to reach, and whether it did in one run.
 *
 * @param scenario in which scenario
 * @param subject which peer of ours
 * @param kind what is looked at
 * @param against the peer that it is compared with, empty for none
 * @param bound how much it may be, or has to be
 */
record Goal(String scenario, String subject, Kind kind, String against, double bound) {

	static final List<Goal> ALL = List.of(atMost("A", Peer.OURS, 1.2), times("A", Peer.STOMP, 9),
			times("A", Peer.SOCKETIO, 4), times("A", Peer.GO, 3.8), atMost("B", Peer.OURS, 5.8),
			times("B", Peer.STOMP, 2), times("B", Peer.SOCKETIO, 1), times("B", Peer.GO, 3),
			atMost("B4", Peer.OURS, 2.5), times("B4", Peer.PLAIN, 3), atMost("C", Peer.OURS, 10.5),
			times("C", Peer.STOMP, 1.8), times("C", Peer.SOCKETIO, 1), times("C", Peer.GO, 12),
			new Goal("rate20k", Peer.OURS, Kind.BASE, "", 1.15), times("sparse", Peer.SOCKETIO, 1),
			times("ask", Peer.GO, 1), times("ask1000", Peer.GO, 1), times("joins", Peer.GO, 1),
			atMost("idle", Peer.TUNED, 8), atMost("idle", Peer.OURS, 30), atMost("membership", Peer.OURS, 150),
			times("handshake", Peer.PLAIN, 2));

	/** What a goal looks at. */
	enum Kind {

		/** The main figure, which may be as much. */
		FIGURE,

		/** How many times ours the other's is, which has to be as much. */
		TIMES,

		/** How many times that of the base scenario it is, which may be as much. */
		BASE

	}

	private static Goal atMost(String scenario, String subject, double bound) {
		return new Goal(scenario, subject, Kind.FIGURE, "", bound);
	}

	private static Goal times(String scenario, String against, double bound) {
		return new Goal(scenario, Peer.OURS, Kind.TIMES, against, bound);
	}

	/** Whether it needs to know what a peer does in a scenario. */
	boolean needs(Scenario asked, Peer peer) {
		return this.scenario.equals(asked.name())
				&& (this.subject.equals(peer.name()) || this.against.equals(peer.name()));
	}

	/**
	 * Whether it was reached.
	 * @param rows what was measured, all in one run
	 */
	Outcome outcome(List<Summary> rows) {
		Optional<Summary> own = row(rows, this.subject);
		Optional<Summary> other = row(rows, this.against);
		double measured = switch (this.kind) {
			case FIGURE -> own.map(Summary::figure).orElse(Double.NaN);
			case TIMES -> other.map(Summary::figure).orElse(Double.NaN) / own.map(Summary::figure).orElse(Double.NaN);
			case BASE -> own.map(Summary::growth).orElse(Double.NaN);
		};
		boolean within = (this.kind == Kind.TIMES) ? measured >= this.bound : measured <= this.bound;
		String verdict = !Double.isFinite(measured) ? "not measured" : own.map(Summary::faults).orElse(0L) > 0
				? "NOT MET: messages were lost, repeated or reordered" : within ? "met" : "NOT MET";
		if (other.map(Summary::lost).orElse(0L) > 0) {
			verdict += " (the other lost messages)";
		}
		return new Outcome(this, text(own, other), measured, verdict);
	}

	private Optional<Summary> row(List<Summary> rows, String peer) {
		return rows.stream()
			.filter((row) -> row.scenario().name().equals(this.scenario) && row.peer().name().equals(peer))
			.findFirst();
	}

	private String text(Optional<Summary> own, Optional<Summary> other) {
		String unit = own.map((row) -> row.scenario().figure().unit()).orElse("");
		return switch (this.kind) {
			case FIGURE -> "%s <= %s %s".formatted(this.subject, plain(this.bound), unit);
			case TIMES -> "%s >= %s x %s".formatted(other.map((row) -> row.peer().title()).orElse(this.against),
					plain(this.bound), this.subject);
			case BASE -> "%s <= %s x its %s".formatted(this.subject, plain(this.bound),
					own.map((row) -> row.scenario().base()).orElse("base"));
		};
	}

	private static String plain(double number) {
		return (number == Math.rint(number)) ? String.valueOf((long) number) : String.valueOf(number);
	}

	/**
	 * What became of a goal.
	 *
	 * @param goal the goal
	 * @param text what it says
	 * @param measured what was measured, NaN for nothing
	 * @param verdict whether that is enough
	 */
	record Outcome(Goal goal, String text, double measured, String verdict) {

	}

}
