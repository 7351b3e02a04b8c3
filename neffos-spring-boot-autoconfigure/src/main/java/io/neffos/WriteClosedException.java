package io.neffos;

import java.io.Serial;

/**
 * The connection is closed, so nothing was sent, or it closed before an answer arrived.
 * Known to every neffos peer as the error text {@code write closed} (protocol section 3).
 *
 * @since 0.1.0
 */
public class WriteClosedException extends NeffosException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message which connection
	 */
	public WriteClosedException(String message) {
		super(message);
	}

}
