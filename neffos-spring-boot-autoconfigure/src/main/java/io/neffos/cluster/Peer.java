package io.neffos.cluster;

/** Another server, and how far it is known. Entered under the lock of the view. */
final class Peer {

	private static final long ASK_NANOS = 1_000_000_000L;

	private final ClusterNode node;

	private final PeerInbox inbox;

	private boolean asked;

	private long askedAt;

	Peer(String id, long now, int maxRooms) {
		this.node = new ClusterNode(id, now);
		this.inbox = new PeerInbox(maxRooms);
	}

	ClusterNode node() {
		return this.node;
	}

	PeerInbox inbox() {
		return this.inbox;
	}

	/** A part of the answer has come; the rest may take its time. */
	void answered(long now) {
		this.askedAt = now;
	}

	/** Whether to ask for a whole now: at most once per second. */
	boolean asks(long now) {
		if (!this.inbox.isLacking() || (this.asked && now - this.askedAt < ASK_NANOS)) {
			return false;
		}
		this.asked = true;
		this.askedAt = now;
		return true;
	}

}
