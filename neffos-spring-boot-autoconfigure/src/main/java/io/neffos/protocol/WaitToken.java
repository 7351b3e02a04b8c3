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
		return !token.isEmpty() && !isClientRequest(token);
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
	 * A new source of tokens for a server: decimal digits. Begins at the clock, like the
	 * original, so that a token of another server or of an earlier run is not taken for
	 * one of this issuer.
	 * @return an issuer of its own range of numbers
	 */
	public static Issuer serverIssuer() {
		return new Issuer("", System.currentTimeMillis() * 1_000);
	}

	/**
	 * A new source of tokens for a client: {@code $} and decimal digits.
	 * @return an issuer that starts at 1
	 */
	public static Issuer clientIssuer() {
		return new Issuer(String.valueOf(CLIENT_PREFIX), 0);
	}

	/**
	 * Makes tokens by counting, so that no two of one issuer are equal. Tokens of two
	 * issuers are equal as a rule: asks that are looked up together need one issuer.
	 * Thread-safe, never blocks.
	 *
	 * @since 0.1.0
	 */
	public static final class Issuer {

		/** So many digits always fit. */
		private static final int MAX_DIGITS = 18;

		private final String prefix;

		private final long start;

		private final AtomicLong counter;

		private Issuer(String prefix, long start) {
			this.prefix = prefix;
			this.start = start;
			this.counter = new AtomicLong(start);
		}

		/**
		 * The next token.
		 * @return a token this issuer has not returned before
		 */
		public String next() {
			String number = Long.toString(this.counter.incrementAndGet());
			return this.prefix.isEmpty() ? number : this.prefix.concat(number);
		}

		/**
		 * Whether this issuer has returned a token, so that a late answer to it can be
		 * told from a request. Remembers nothing: the range of numbers says it.
		 * @param token a token, from whomever
		 * @return {@code true} if {@link #next()} has returned it
		 */
		public boolean issued(String token) {
			int digits = token.length() - this.prefix.length();
			if (digits < 1 || digits > MAX_DIGITS || !token.startsWith(this.prefix)) {
				return false;
			}
			long number = 0;
			for (int i = this.prefix.length(); i < token.length(); i++) {
				char c = token.charAt(i);
				if (c < '0' || c > '9' || (number == 0 && c == '0')) {
					return false;
				}
				number = number * 10 + (c - '0');
			}
			return number > this.start && number <= this.counter.get();
		}

	}

}
