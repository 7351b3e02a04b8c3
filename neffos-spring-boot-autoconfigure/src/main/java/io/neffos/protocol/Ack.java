package io.neffos.protocol;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A message of the handshake that precedes all frames (protocol section 2): the client
 * asks with {@code M}, the server accepts with {@code A} and the connection id, or
 * refuses with {@code H} and an error text. Always sent as text; the text is not escaped.
 *
 * @param kind who says what
 * @param text the connection id when accepted, the error text when refused, else empty
 * @since 0.1.0
 */
public record Ack(Kind kind, String text) {

	/** What a client sends first. */
	public static final Ack REQUEST = new Ack(Kind.REQUEST, "");

	/**
	 * The server's answer to a client it accepts.
	 * @param connectionId the id of the connection
	 * @return the acknowledgement
	 * @throws IllegalArgumentException if the id is empty
	 */
	public static Ack accepted(String connectionId) {
		if (connectionId.isEmpty()) {
			throw new IllegalArgumentException("A connection id must not be empty");
		}
		return new Ack(Kind.ACCEPTED, connectionId);
	}

	/**
	 * The server's answer to a client it refuses.
	 * @param text the error text; {@link ErrorTexts#UNSPECIFIED} is sent in place of an
	 * empty one
	 * @return the acknowledgement
	 */
	public static Ack refused(String text) {
		return new Ack(Kind.REFUSED, ErrorTexts.orUnspecified(text));
	}

	/**
	 * Read a message of the handshake. Never throws. The caller decides which kinds it
	 * expects: a server only {@link Kind#REQUEST}, a client only the other two.
	 * @param bytes the whole WebSocket message as UTF-8
	 * @return the acknowledgement, or {@code null} if the message is none
	 */
	public static @Nullable Ack parse(byte[] bytes) {
		if (bytes.length == 0) {
			return null;
		}
		return switch (bytes[0]) {
			case 'M' -> (bytes.length == 1) ? REQUEST : null;
			case 'A' -> new Ack(Kind.ACCEPTED, textOf(bytes));
			case 'H' -> new Ack(Kind.REFUSED, textOf(bytes));
			default -> null;
		};
	}

	private static String textOf(byte[] bytes) {
		return new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
	}

	/**
	 * The text to send.
	 * @return the letter of the kind and the text
	 */
	public String format() {
		return this.kind.letter + this.text;
	}

	/**
	 * The bytes to send, in a text message.
	 * @return {@link #format()} as UTF-8, a new array
	 */
	public byte[] encode() {
		return format().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The kinds of acknowledgement.
	 *
	 * @since 0.1.0
	 */
	public enum Kind {

		/** The client asks to be acknowledged. */
		REQUEST('M'),

		/** The server accepts the client. */
		ACCEPTED('A'),

		/** The server refuses the client. */
		REFUSED('H');

		private final char letter;

		Kind(char letter) {
			this.letter = letter;
		}

	}

}
