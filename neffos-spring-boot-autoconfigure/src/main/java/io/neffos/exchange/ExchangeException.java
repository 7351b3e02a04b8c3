package io.neffos.exchange;

import org.jspecify.annotations.Nullable;

/**
 * The broker cannot be reached, or does not do what it was asked in time.
 *
 * @since 0.1.0
 */
public class ExchangeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what happened, with the address of the broker and without secrets
	 */
	public ExchangeException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message what happened, with the address of the broker and without secrets
	 * @param cause why
	 */
	public ExchangeException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
