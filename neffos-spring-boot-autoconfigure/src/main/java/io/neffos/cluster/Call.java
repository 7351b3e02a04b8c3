package io.neffos.cluster;

import java.time.Duration;

/**
 * Something that is to be done where connections are.
 *
 * @param kind what
 * @param target the delivery that an ask is made of; for everything else the id
 * ({@link Delivery#to()}), namespace and room it is about
 * @param code the close code of {@link Kind#CLOSE}
 * @param reason the text of {@link Kind#CLOSE}
 * @param timeout how long it may take, in whole milliseconds
 * @since 0.1.0
 */
public record Call(Kind kind, Delivery target, int code, String reason, Duration timeout) {

	/** What is to be done. */
	public enum Kind {

		/** Ask connections; the first answer counts. */
		ASK(1),

		/** Connect a connection to a namespace. */
		CONNECT(2),

		/** Disconnect a connection from a namespace. */
		DISCONNECT(3),

		/** Make a connection join a room. */
		JOIN(4),

		/** Make a connection leave a room. */
		LEAVE(5),

		/** Close a connection. */
		CLOSE(6),

		/** Name the members of a room. */
		MEMBERS(7);

		private static final Kind[] ALL = values();

		/** What stands for it between servers; it never changes. */
		private final int number;

		Kind(int number) {
			this.number = number;
		}

		static Kind of(int number) {
			for (Kind candidate : ALL) {
				if (candidate.number == number) {
					return candidate;
				}
			}
			throw new WireReader.MalformedException("no call has the number " + number);
		}

	}

	void write(WireWriter writer) {
		writer.octet(this.kind.number).number(this.timeout.toMillis()).number(this.code).text(this.reason);
		this.target.write(writer);
	}

	static Call read(WireReader reader) {
		Kind kind = Kind.of(reader.octet());
		Duration timeout = Duration.ofMillis(reader.integer());
		int code = reader.integer();
		String reason = reader.text();
		return new Call(kind, Delivery.read(reader), code, reason, timeout);
	}

}
