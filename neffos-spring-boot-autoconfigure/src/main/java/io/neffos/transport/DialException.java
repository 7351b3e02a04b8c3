package io.neffos.transport;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket could not be opened.
 *
 * @since 0.1.0
 */
public class DialException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final int status;

	/**
	 * Create an exception for an address that nobody answers.
	 * @param message what went wrong, without secrets of the address
	 * @param cause why, or {@code null}
	 */
	public DialException(String message, @Nullable Throwable cause) {
		this(message, 0, cause);
	}

	/**
	 * Create an exception for an HTTP answer other than the switch to WebSocket.
	 * @param message what went wrong, without secrets of the address
	 * @param status the HTTP status, or 0 when there was no answer
	 * @param cause why, or {@code null}
	 */
	public DialException(String message, int status, @Nullable Throwable cause) {
		super(message, cause);
		this.status = status;
	}

	/**
	 * The status of the HTTP answer.
	 * @return the status, or 0 when there was no answer
	 */
	public int status() {
		return this.status;
	}

}
