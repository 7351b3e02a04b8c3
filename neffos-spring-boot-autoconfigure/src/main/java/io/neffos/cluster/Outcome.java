package io.neffos.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a {@link Call} at one server.
 *
 * @param status how it ended
 * @param text the text of a refusal or failure, else empty
 * @param binary whether the answer to an ask is binary
 * @param body the answer to an ask as it came from the client, or ids of members, each
 * with its length before it
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Outcome(Status status, String text, boolean binary, byte[] body) {

	private static final byte[] NO_BYTES = new byte[0];

	/** Nobody here is meant. */
	public static final Outcome ABSENT = new Outcome(Status.ABSENT, "", false, NO_BYTES);

	/** It is done, and there is nothing to say. */
	public static final Outcome DONE = new Outcome(Status.DONE, "", false, NO_BYTES);

	/** How a call ended. */
	public enum Status {

		/** Nobody of that server is meant. */
		ABSENT(1),

		/** It is done. */
		DONE(2),

		/** The client or a handler said no. */
		REFUSED(3),

		/** There was no answer in time. */
		TIMEOUT(4),

		/** The connections have gone before they answered. */
		CLOSED(5),

		/** The namespace is not connected. */
		BAD_NAMESPACE(6),

		/** The room is not joined. */
		BAD_ROOM(7),

		/** Anything else. */
		FAILED(8);

		private static final Status[] ALL = values();

		/** What stands for it between servers; it never changes. */
		private final int number;

		Status(int number) {
			this.number = number;
		}

		static Status of(int number) {
			for (Status candidate : ALL) {
				if (candidate.number == number) {
					return candidate;
				}
			}
			throw new WireReader.MalformedException("no outcome has the number " + number);
		}

	}

	/**
	 * A call that was not done.
	 * @param status how it ended
	 * @param text why
	 * @return the outcome
	 */
	public static Outcome failed(Status status, String text) {
		return new Outcome(status, text, false, NO_BYTES);
	}

	/**
	 * The answer to an ask.
	 * @param bytes as it came from the client
	 * @param binary whether it was a binary message
	 * @return the outcome
	 */
	public static Outcome answer(byte[] bytes, boolean binary) {
		return new Outcome(Status.DONE, "", binary, bytes);
	}

	/**
	 * The members of a room.
	 * @param ids their ids
	 * @return the outcome
	 */
	public static Outcome members(List<String> ids) {
		WireWriter writer = new WireWriter(ids.size() * 40);
		ids.forEach(writer::text);
		return new Outcome(Status.DONE, "", false, writer.toBytes());
	}

	/**
	 * The members of a room.
	 * @return their ids
	 */
	public List<String> ids() {
		List<String> result = new ArrayList<>();
		WireReader reader = new WireReader(this.body);
		while (reader.hasMore()) {
			result.add(reader.text());
		}
		return result;
	}

	void write(WireWriter writer) {
		writer.octet(this.status.number).text(this.text).octet(this.binary ? 1 : 0).rest(this.body);
	}

	static Outcome read(WireReader reader) {
		return new Outcome(Status.of(reader.octet()), reader.text(), reader.octet() == 1, reader.rest());
	}

}
