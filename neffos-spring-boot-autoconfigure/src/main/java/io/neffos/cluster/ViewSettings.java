package io.neffos.cluster;

import java.time.Duration;

/**
 * How a view is set.
 *
 * @param nodeId the id of this server, another one after each start
 * @param serverName its name
 * @param lease after so long without a word a server is gone
 * @param settle so long a server listens before it takes its share of telling the life of
 * rooms; longer than a digest takes to arrive anywhere. Zero where there are no others
 * @param maxServers so many others are looked at
 * @param maxRooms so many rooms of each server are looked at
 * @param maxNameLength characters of a namespace, a room or a server that is looked at
 */
record ViewSettings(String nodeId, String serverName, Duration lease, Duration settle, int maxServers, int maxRooms,
		int maxNameLength) {

	private static final int SETTLE_PART = 5;

	private static final int HANDOVER_PART = 3;

	/** Bounds that no healthy cluster meets. */
	static ViewSettings of(String nodeId, String serverName, Duration lease) {
		return new ViewSettings(nodeId, serverName, lease, lease.dividedBy(SETTLE_PART), 1_000, 2_000_000, 4_096);
	}

	/** So long those who give up a share and who takes it both leave it alone. */
	Duration handover() {
		return this.settle.dividedBy(HANDOVER_PART);
	}

}
