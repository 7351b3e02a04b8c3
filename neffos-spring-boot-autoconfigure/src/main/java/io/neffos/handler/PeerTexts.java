package io.neffos.handler;

/**
 * Error texts for peers that this package decides on (protocol sections 3 and 9).
 */
final class PeerTexts {

	static final String INVALID_PAYLOAD = "invalid payload";

	static final String BAD_ROOM = "bad room";

	static final String NOT_AUTHENTICATED = "not authenticated";

	static final String INTERNAL_ERROR = "internal error";

	private PeerTexts() {
	}

}
