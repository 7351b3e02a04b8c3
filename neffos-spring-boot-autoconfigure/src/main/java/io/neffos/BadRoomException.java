package io.neffos;

import java.io.Serial;

/**
 * The room is not joined, or its name is not acceptable. Known to every neffos peer as
 * the error text {@code bad room} (protocol section 3).
 *
 * @since 0.1.0
 */
public class BadRoomException extends NeffosException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message which room, and why
	 */
	public BadRoomException(String message) {
		super(message);
	}

}
