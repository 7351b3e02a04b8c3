package io.neffos;

import java.io.Serial;

/**
 * No answer arrived in time. Nothing is left behind: an answer that arrives later is
 * dropped.
 *
 * @since 0.1.0
 */
public class AskTimeoutException extends NeffosException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message what was asked of whom, and how long the wait was
	 */
	public AskTimeoutException(String message) {
		super(message);
	}

}
