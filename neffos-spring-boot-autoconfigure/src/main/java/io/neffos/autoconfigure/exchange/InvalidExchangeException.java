package io.neffos.autoconfigure.exchange;

/** The exchange that was chosen cannot be had. */
final class InvalidExchangeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidExchangeException(String description, String action) {
		super(description);
		this.action = action;
	}

	String getAction() {
		return this.action;
	}

}
