package io.neffos;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Root of the exceptions this library throws at an application. Unchecked, and never the
 * carrier of a peer's message body.
 *
 * @since 0.1.0
 */
public class NeffosException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception with a text.
	 * @param message what went wrong, and what is legal instead where that helps
	 */
	public NeffosException(String message) {
		super(message);
	}

	/**
	 * Create an exception with a text and the exception that caused it.
	 * @param message what went wrong
	 * @param cause why, or {@code null}
	 */
	public NeffosException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
