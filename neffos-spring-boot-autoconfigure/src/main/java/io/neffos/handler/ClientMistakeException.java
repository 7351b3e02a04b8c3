package io.neffos.handler;

import java.io.Serial;

import io.neffos.RefusedException;

/**
 * An argument could not be made of what the client sent. Kept apart from exceptions of
 * the same types that the application's own code throws, for those are not the client's
 * fault.
 */
final class ClientMistakeException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String peerText;

	private final Exception reason;

	ClientMistakeException(String peerText, Exception reason) {
		super(peerText, reason);
		this.peerText = peerText;
		this.reason = reason;
	}

	Exception reason() {
		return this.reason;
	}

	RefusedException toRefusal() {
		return new RefusedException(this.peerText);
	}

}
