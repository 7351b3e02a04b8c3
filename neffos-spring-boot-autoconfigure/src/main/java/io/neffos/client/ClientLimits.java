package io.neffos.client;

/**
 * Bounds on what a client's connection may hold. All values are 1 or more.
 *
 * @param frameSize bytes of a message that comes in; past it the connection is closed
 * @param rooms rooms joined at a time, over all namespaces
 * @param pendingAsks asks that wait for the server at a time; further ones fail
 * @param inboundQueue messages that wait for handlers; past it no more is read from the
 * server until half of them are handled, or, if the dialer's sockets cannot stop reading,
 * the connection is closed
 * @param outboxMessages messages that wait to be written; past it the connection is
 * closed
 * @param outboxSize bytes that wait to be written
 * @since 0.1.0
 */
public record ClientLimits(int frameSize, int rooms, int pendingAsks, int inboundQueue, int outboxMessages,
		int outboxSize) {

	/** 1 MiB, 1000, 1024, 16384, 4096, 1 MiB. */
	public static final ClientLimits DEFAULT = new ClientLimits(1024 * 1024, 1000, 1024, 16 * 1024, 4096, 1024 * 1024);

	/**
	 * Canonical form, checked.
	 * @param frameSize bytes of a message that comes in
	 * @param rooms rooms joined at a time
	 * @param pendingAsks asks that wait
	 * @param inboundQueue messages that wait for handlers
	 * @param outboxMessages messages that wait to be written
	 * @param outboxSize bytes that wait to be written
	 * @throws IllegalArgumentException if one is less than 1
	 */
	public ClientLimits {
		if (Math.min(Math.min(Math.min(frameSize, rooms), Math.min(pendingAsks, inboundQueue)),
				Math.min(outboxMessages, outboxSize)) < 1) {
			throw new IllegalArgumentException("Every bound must be 1 or more");
		}
	}

}
