package io.neffos.protocol;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Classification and making of wait tokens, which tie an answer to its request (protocol
 * section 4).
 * <p>
 * A token from a peer is opaque: it is compared as a whole and echoed as it came, never
 * parsed, and peers may repeat one.
 *
 * @since 0.1.0
 */
public final class WaitToken {

	/** First character of the tokens that clients make. */
	private static final char CLIENT_PREFIX = '$';

	private static final String ORIGIN_PREFIX = "neffos(0x";

	private WaitToken() {
	}

	/**
	 * Whether the token was made by a client, so that the frame is a client's request or
	 * the server's answer to it.
	 * @param token a token, may be empty
	 * @return whether a client made it
	 */
	public static boolean isClientRequest(String token) {
		return !token.isEmpty() && token.charAt(0) == CLIENT_PREFIX;
	}

	/**
	 * Whether a server that receives the token has to look for a pending ask of its own.
	 * When it finds none, the frame is dispatched like any other.
	 * @param token a token, may be empty
	 * @return whether the token may belong to an answer to the server
	 */
	public static boolean isAnswerOnServer(String token) {
		return !token.isEmpty() && token.charAt(0) != CLIENT_PREFIX;
	}

	/**
	 * Whether a client that receives the token has to look for a pending ask of its own.
	 * When it finds none, the frame is dispatched like any other; that is how a server's
	 * request reaches the handlers of a client.
	 * @param token a token, may be empty
	 * @return whether the token may belong to an answer to the client
	 */
	public static boolean isAnswerOnClient(String token) {
		return !token.isEmpty();
	}

	/**
	 * Whether the first field of a frame is no token but the identity of the connection
	 * that sent a message through a broker (protocol section 13).
	 * @param field the first field of a frame
	 * @return whether it is an origin
	 */
	public static boolean isOrigin(String field) {
		return field.startsWith(ORIGIN_PREFIX);
	}

	/**
	 * A new source of tokens for a server: decimal digits.
	 * @return an issuer that starts at 1
	 */
	public static Issuer serverIssuer() {
		return new Issuer("");
	}

	/**
	 * A new source of tokens for a client: {@code $} and decimal digits.
	 * @return an issuer that starts at 1
	 */
	public static Issuer clientIssuer() {
		return new Issuer(String.valueOf(CLIENT_PREFIX));
	}

	/**
	 * Makes tokens by counting, so that no two of one issuer are equal. Tokens of two
	 * issuers are equal as a rule: asks that are looked up together need one issuer.
	 * Thread-safe, never blocks.
	 *
	 * @since 0.1.0
	 */
	public static final class Issuer {

		private final String prefix;

		private final AtomicLong counter = new AtomicLong();

		private Issuer(String prefix) {
			this.prefix = prefix;
		}

		/**
		 * The next token.
		 * @return a token this issuer has not returned before
		 */
		public String next() {
			String number = Long.toString(this.counter.incrementAndGet());
			return this.prefix.isEmpty() ? number : this.prefix.concat(number);
		}

	}

}
