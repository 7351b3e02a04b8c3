package io.neffos.nio;

import org.jspecify.annotations.Nullable;

/**
 * Sockets that have something to write; each is in it at most once. Any thread adds, one
 * thread takes.
 * <p>
 * Takes the newest first: what was just queued is in the caches of the processor, and a
 * socket that waits gathers more for its one write. When some have waited for a few
 * milliseconds, everything that is there gets its turn, the oldest first, however much is
 * added meanwhile.
 * <p>
 * An array rather than links from socket to socket: a collector that tracks references
 * pays for every object in which one is stored, and sockets are spread over the heap.
 */
final class ReadyList {

	/** Sockets that are taken at a time. */
	static final int BATCH = 32;

	/** How long the newest go first, in milliseconds. */
	private static final int PATIENCE = 5;

	/** Guarded by this; as long as a power of two, a position modulo this is a slot. */
	private @Nullable StreamWriter[] slots = new StreamWriter[BATCH * 2];

	private int oldest;

	private int end;

	/** When there was nothing, or everything had got its turn. */
	private int since;

	/** How many of the oldest go first. */
	private int due;

	private volatile boolean empty = true;

	void add(StreamWriter socket) {
		synchronized (this) {
			if (this.end - this.oldest == this.slots.length) {
				enlarge();
			}
			this.slots[this.end++ & (this.slots.length - 1)] = socket;
			this.empty = false;
		}
	}

	private void enlarge() {
		@Nullable StreamWriter[] larger = new StreamWriter[this.slots.length * 2];
		for (int at = this.oldest; at != this.end; at++) {
			larger[at & (larger.length - 1)] = this.slots[at & (this.slots.length - 1)];
		}
		this.slots = larger;
	}

	boolean isEmpty() {
		return this.empty;
	}

	/**
	 * Take some.
	 * @param to gets at most {@link #BATCH}
	 * @param now the time, in milliseconds
	 * @return how many
	 */
	int take(@Nullable StreamWriter[] to, int now) {
		synchronized (this) {
			int size = this.end - this.oldest;
			if (this.due == 0 && now - this.since > PATIENCE) {
				this.due = size;
			}
			int count = Math.min((this.due > 0) ? this.due : size, BATCH);
			int from = (this.due > 0) ? this.oldest : this.end - count;
			for (int i = 0; i < count; i++) {
				int slot = (from + i) & (this.slots.length - 1);
				to[i] = this.slots[slot];
				this.slots[slot] = null;
			}
			if (this.due > 0) {
				this.due -= count;
				this.oldest += count;
			}
			else {
				this.end -= count;
			}
			this.empty = count == size;
			if (this.empty || (this.due == 0 && from == this.oldest - count)) {
				this.since = now;
			}
			return count;
		}
	}

}
