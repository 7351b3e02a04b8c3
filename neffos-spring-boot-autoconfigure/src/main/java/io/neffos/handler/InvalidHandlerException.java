package io.neffos.handler;

import java.io.Serial;

/**
 * A mistake in the declaration of handlers, found when the application starts. Names
 * every culprit.
 *
 * @since 0.1.0
 */
public class InvalidHandlerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create the exception.
	 * @param description what is wrong, and where
	 * @param action what to do about it
	 */
	public InvalidHandlerException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * What is wrong, and where.
	 * @return a sentence for the developer
	 */
	public String getDescription() {
		return String.valueOf(getMessage());
	}

	/**
	 * What to do about it.
	 * @return a sentence for the developer
	 */
	public String getAction() {
		return this.action;
	}

}
