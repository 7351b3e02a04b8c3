package io.neffos.engine;

import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.transport.Flusher;
import io.neffos.transport.FrameSource;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes what waits for a socket that takes one message at a time, on the threads of
 * those who send and of the callbacks, one of them at a time.
 */
final class OneByOne implements Flusher {

	private final MessageSocket socket;

	private final FrameSource source;

	/** Calls that have not been looked after; who makes the first looks after all. */
	private final AtomicInteger calls = new AtomicInteger();

	private volatile boolean writing;

	private volatile long since;

	OneByOne(MessageSocket socket, FrameSource source) {
		this.socket = socket;
		this.source = source;
	}

	/** Write what waits, unless another thread does. */
	@Override
	public void wake() {
		if (this.calls.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			drain();
			seen = this.calls.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void drain() {
		while (!this.writing) {
			WireFrame frame = this.source.next();
			if (frame == null) {
				this.source.drained();
				return;
			}
			this.since = System.nanoTime();
			this.writing = true;
			this.socket.write(frame, this::written);
		}
	}

	private void written(@Nullable Throwable failure) {
		this.writing = false;
		if (failure != null) {
			this.source.failed(failure);
		}
		wake();
	}

	/** Whether a write has lasted longer than it may. */
	boolean isStuck(long nanos) {
		return this.writing && System.nanoTime() - this.since > nanos;
	}

}
