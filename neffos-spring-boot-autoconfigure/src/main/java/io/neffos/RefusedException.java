package io.neffos;

import java.io.Serial;

/**
 * A "no" with a text that may be shown to the other side.
 * <p>
 * Thrown <em>by</em> a handler it refuses what was asked (a connect, join, leave,
 * disconnect or an ordinary ask) and its text reaches the peer as the error of that
 * request; the text of any other exception does not. Thrown <em>at</em> a caller it says
 * that the peer refused, with the peer's text, which is not to be trusted.
 *
 * @since 0.1.0
 */
public class RefusedException extends NeffosException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message the text for the other side, or the one that came from it; an empty
	 * text is replaced before it is written, because an empty error means success on the
	 * wire (protocol section 3)
	 */
	public RefusedException(String message) {
		super(message);
	}

}
