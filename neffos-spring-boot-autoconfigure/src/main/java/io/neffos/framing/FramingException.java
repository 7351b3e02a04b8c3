package io.neffos.framing;

/**
 * The peer broke RFC 6455, or sent more than is allowed. The connection is to be failed
 * with the code.
 */
public final class FramingException extends Exception {

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
