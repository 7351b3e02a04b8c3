package io.neffos.test;

import java.util.ArrayDeque;
import java.util.Queue;

import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection in memory. Whoever sends also delivers, unless somebody
 * delivers already, perhaps further down on the same stack: then that one goes on with
 * it. So the listener is called by one thread at a time, in order, and never while one of
 * its calls has not returned.
 */
final class MemoryPipe {

	private final int maxFrameSize;

	/** Guarded by this, as everything below. */
	private final Queue<Item> queue = new ArrayDeque<>();

	private @Nullable SocketListener listener;

	private boolean delivering;

	private boolean ended;

	MemoryPipe(int maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	/** Queue a message; {@link #deliver()} follows. */
	synchronized boolean offer(WireFrame frame) {
		return !this.ended && this.queue.add(new Item(frame, null));
	}

	/** Queue the end, after which nothing can be queued; {@link #deliver()} follows. */
	synchronized void end(CloseReason reason) {
		if (!this.ended) {
			this.ended = true;
			this.queue.add(new Item(null, reason));
		}
	}

	void start(SocketListener receiver) {
		synchronized (this) {
			if (this.listener != null) {
				throw new IllegalStateException("The socket was started before");
			}
			this.listener = receiver;
		}
		deliver();
	}

	void deliver() {
		synchronized (this) {
			if (this.delivering || this.listener == null) {
				return;
			}
			this.delivering = true;
		}
		while (true) {
			Item item;
			SocketListener receiver;
			synchronized (this) {
				item = this.queue.poll();
				receiver = this.listener;
				if (item == null || receiver == null) {
					this.delivering = false;
					return;
				}
			}
			deliver(item, receiver);
		}
	}

	private void deliver(Item item, SocketListener receiver) {
		if (item.end() != null) {
			receiver.onClose(item.end());
		}
		else if (item.frame() != null) {
			if (item.frame().size() > this.maxFrameSize) {
				receiver.onTooBig();
			}
			else {
				// Handed over for good, while the sender may share it with others.
				receiver.onFrame(item.frame().bytes().clone(), item.frame().binary());
			}
		}
	}

	/**
	 * What is queued: one of the two.
	 *
	 * @param frame a message
	 * @param end the end
	 */
	private record Item(@Nullable WireFrame frame, @Nullable CloseReason end) {
	}

}
