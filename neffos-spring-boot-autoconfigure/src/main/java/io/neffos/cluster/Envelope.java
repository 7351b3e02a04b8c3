package io.neffos.cluster;

import java.util.Arrays;
import java.util.Map;

/**
 * What one server says to others: who says it, the how-many-eth of its messages it is,
 * and what kind of message follows.
 *
 * @param kind one of the constants
 * @param node the id of the server that sent it
 * @param number counts the messages of that server, so that what a broker's client
 * repeats is found out
 * @param trace the trace it belongs to there, empty for none
 * @param content what follows
 */
record Envelope(int kind, String node, long number, Map<String, String> trace, WireReader content) {

	/**
	 * The version of what servers say to each other. Servers ignore messages of any other
	 * version, so that old and new can run beside each other while an application is
	 * replaced; they are then two clusters.
	 */
	static final int VERSION = 1;

	/** A message for connections: {@link Delivery}. */
	static final int DELIVERY = 1;

	/** Who is there and how many: what {@link ClusterView} is told. */
	static final int DIGEST = 2;

	/** Something is to be done or asked where a connection is: {@link Call}. */
	static final int CALL = 3;

	/** What became of a call: {@link Outcome}. */
	static final int OUTCOME = 4;

	/** Comes back to its sender, who wants to know how long it takes. */
	static final int ECHO = 5;

	/** A call has its answer, so that those who have not said anything need not. */
	static final int OVER = 6;

	/** Set in the kind of a message that belongs to a trace. */
	private static final int TRACED = 0x80;

	/** Bytes of an envelope without its content. */
	private static final int OVERHEAD = 24;

	static WireWriter begin(int kind, String node, long number, Map<String, String> trace, int expected) {
		WireWriter writer = new WireWriter(OVERHEAD + expected).octet(VERSION)
			.octet(trace.isEmpty() ? kind : kind | TRACED)
			.text(node)
			.number(number);
		if (!trace.isEmpty()) {
			TraceFields.write(trace, writer);
		}
		return writer;
	}

	/**
	 * Read an envelope.
	 * @throws WireReader.MalformedException if it cannot be read
	 * @throws UnknownVersionException if it is of another version
	 */
	static Envelope read(byte[] message) {
		WireReader reader = new WireReader(message);
		int version = reader.octet();
		if (version != VERSION) {
			throw new UnknownVersionException(version);
		}
		int kind = reader.octet();
		String node = reader.text();
		long number = reader.number();
		Map<String, String> trace = ((kind & TRACED) != 0) ? TraceFields.read(reader) : Map.of();
		return new Envelope(kind & ~TRACED, node, number, trace, reader);
	}

	/** Whether a message was sent by a server, without reading more than that. */
	static boolean isFrom(byte[] message, byte[] node) {
		int from = 3;
		return message.length > from + node.length && message[0] == VERSION && message[2] == node.length
				&& Arrays.equals(message, from, from + node.length, node, 0, node.length);
	}

	/** A message of another version. */
	static final class UnknownVersionException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnknownVersionException(int version) {
			super("version " + version, null, false, false);
		}

	}

}
