package io.neffos.interop;

/** Where the original server does something else than ours, and clients see it. */
enum Difference {

	/** Section 9: there is no automatic answer. Ours answers with an error. */
	ASK_WITHOUT_HANDLER,

	/** Section 11, G22: no close frame, so that nothing says whether to come back. */
	CLOSE_WITHOUT_FRAME,

	/**
	 * Section 7.6, G13: the asker's own handler decides after the peer has joined, and
	 * what it refuses leaves the peer in the room.
	 */
	ASKER_REFUSES_AFTER_THE_ANSWER;

	/**
	 * Whether a server has it.
	 * @param peer the server
	 * @return {@code true} for the original
	 */
	boolean shownBy(Peer peer) {
		return peer.isOriginal();
	}

}
