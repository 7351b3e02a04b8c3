package io.neffos.benchmark;

import java.util.List;
import java.util.Set;

/**
 * How often each peer is asked what. The standard run spends its time where a goal
 * depends on it.
 *
 * @param options what was asked for
 */
record Plan(Options options) {

	/** Where the figures differ most from round to round. */
	private static final Set<String> THOROUGH = Set.of("A", "B", "B4", "C", "sparse");

	/** Enough to see the slope of a library and that of the original. */
	private static final Set<String> GROWTH = Set.of(Peer.OURS, Peer.SOCKETIO, Peer.GO);

	/**
	 * In how many rounds a peer is asked.
	 * @param scenario what it is asked
	 * @param peer who is asked
	 */
	int repeats(Scenario scenario, Peer peer) {
		if (!peer.takesPart(scenario)) {
			return 0;
		}
		if (this.options.uniform()) {
			return this.options.repeats();
		}
		boolean ours = peer.name().equals(Peer.OURS) || this.options.variants().containsKey(peer.name());
		if (scenario.group().equals("growth")) {
			return (ours || GROWTH.contains(peer.name())) ? 1 : 0;
		}
		boolean needed = Goal.ALL.stream().anyMatch((goal) -> goal.needs(scenario, peer));
		return switch (scenario.kind()) {
			case HEAP -> (ours || peer.name().equals(Peer.GO)) ? 1 : 0;
			case RESIDENT -> needed ? 2 : 1;
			case TIMED, MANY, HANDSHAKE -> {
				boolean thorough = THOROUGH.contains(scenario.name());
				yield (ours && thorough) ? 3 : (ours || needed) ? 2 : 1;
			}
		};
	}

	/**
	 * How many rounds there are.
	 * @param scenarios what is asked
	 * @param peers who is asked
	 */
	int rounds(List<Scenario> scenarios, List<Peer> peers) {
		return scenarios.stream()
			.flatMapToInt((scenario) -> peers.stream().mapToInt((peer) -> repeats(scenario, peer)))
			.max()
			.orElse(0);
	}

}
