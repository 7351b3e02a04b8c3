package io.neffos.framing;

/**
 * The peer broke RFC 6455, or sent more than is allowed. The connection is to be failed
 * with the code.
 */
public final class FramingException extends Exception {

	/** A frame that is not allowed. */
	static final int PROTOCOL = 1002;

	/** A text that is not UTF-8. */
	static final int NOT_TEXT = 1007;

	/** A message over the limit. */
	static final int TOO_BIG = 1009;

	private static final long serialVersionUID = 1L;

	private final int code;

	FramingException(int code, String message) {
		// Costs the peer more than this side: no stack trace is collected.
		super(message, null, false, false);
		this.code = code;
	}

	/**
	 * The close code.
	 * @return 1002, 1007 or 1009
	 */
	public int code() {
		return this.code;
	}

}
