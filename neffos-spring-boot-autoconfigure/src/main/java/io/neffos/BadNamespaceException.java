package io.neffos;

import java.io.Serial;

/**
 * The namespace is not declared, or not connected on the side that was asked. Known to
 * every neffos peer as the error text {@code bad namespace} (protocol section 3).
 *
 * @since 0.1.0
 */
public class BadNamespaceException extends NeffosException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message which namespace, and on which side it is missing
	 */
	public BadNamespaceException(String message) {
		super(message);
	}

}
