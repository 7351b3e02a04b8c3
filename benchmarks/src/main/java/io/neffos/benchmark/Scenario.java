package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a server.
 *
 * @param name how it is selected
 * @param title what it is, for people
 * @param load the load generator's arguments, without times
 * @param size how many connections and rooms there are
 * @param figure the main figure
 * @param throughput where the operations per second stand in the load generator's output,
 * empty for none
 * @param latency where the distribution of latencies stands, empty for none
 * @param kind how it is measured
 * @param base the name of the scenario that is the same but for the number of
 * connections, empty for none
 * @param unsupported peers that cannot do it, with the reason
 */
record Scenario(String name, String title, List<String> load, Size size, Figure figure, String throughput,
		String latency, Kind kind, String base, Map<String, String> unsupported) {

	/** How a scenario is measured. */
	enum Kind {

		/** CPU or latency over a time. */
		TIMED,

		/**
		 * The same, with so many connections, or to compare with them, that the heap may
		 * grow.
		 */
		MANY,

		/** CPU of connecting, which the time is nothing for. */
		HANDSHAKE,

		/** Resident memory, from a heap that starts small. */
		RESIDENT,

		/** Live bytes of the heap, before and after. */
		HEAP

	}

	/**
	 * The main figure of a scenario.
	 *
	 * @param field where it stands in the load generator's output
	 * @param unit its unit
	 */
	record Figure(String field, String unit) {

	}

	/**
	 * How large a scenario is.
	 *
	 * @param connections how many connections take part
	 * @param rooms in how many rooms they are
	 * @param beside how many connections are in silent rooms beside them
	 */
	record Size(int connections, int rooms, int beside) {

		Size tenth() {
			return new Size(this.connections / 10, Math.max(1, this.rooms / 10), this.beside / 10);
		}

		int total() {
			return this.connections + this.beside;
		}

		List<String> arguments() {
			List<String> result = new ArrayList<>(
					List.of("--n", String.valueOf(this.connections), "--rooms", String.valueOf(this.rooms)));
			if (this.beside > 0) {
				result.addAll(List.of("--beside", String.valueOf(this.beside)));
			}
			return result;
		}

	}

	/** The part of the name that stands for several scenarios. */
	String group() {
		return this.name.split("-", 2)[0];
	}

	/** How many times the server is asked for a second before it counts. */
	int warmUps() {
		return switch (this.kind) {
			case TIMED, MANY -> 0;
			case HANDSHAKE -> 2;
			case RESIDENT, HEAP -> 1;
		};
	}

	/**
	 * How long it is measured.
	 * @param asked the seconds that were asked for
	 */
	String seconds(String asked) {
		return switch (this.kind) {
			case TIMED, MANY -> asked;
			case HANDSHAKE, HEAP -> "0.5";
			// Until the collector has given back what it does not need.
			case RESIDENT -> String.valueOf(Math.max(8, Double.parseDouble(asked)));
		};
	}

	/**
	 * The load generator's arguments.
	 * @param sized how large
	 */
	List<String> arguments(Size sized) {
		List<String> result = new ArrayList<>(this.load);
		result.addAll(sized.arguments());
		return result;
	}

	Scenario titled(String other) {
		return new Scenario(this.name, other, this.load, this.size, this.figure, this.throughput, this.latency,
				this.kind, this.base, this.unsupported);
	}

}
