package io.neffos.websocket;

import io.neffos.nio.ByteLink;
import io.neffos.nio.StreamSocket;
import org.jspecify.annotations.Nullable;

/**
 * A link whose container says when there is something to read, once, until all of it was
 * read. Sees to it that one thread reads at a time, and that nothing is forgotten which
 * comes while nobody wants to read.
 */
abstract class NotifiedLink implements ByteLink {

	private @Nullable StreamSocket socket;

	/** Guarded by this. */
	private boolean wanted;

	/** Guarded by this: the container will say no more until somebody reads. */
	private boolean due;

	/** Guarded by this: somebody reads. */
	private boolean busy;

	private volatile boolean closed;

	void bind(StreamSocket socket) {
		this.socket = socket;
	}

	@Nullable StreamSocket socket() {
		return this.socket;
	}

	/** The container says that there is something. */
	final void available() {
		synchronized (this) {
			this.due = true;
		}
		pump();
	}

	/** By whoever reads: the container will say when there is more. */
	final void exhausted() {
		synchronized (this) {
			this.due = false;
		}
	}

	@Override
	public final void wantRead(boolean wanted) {
		synchronized (this) {
			this.wanted = wanted;
		}
		if (wanted) {
			pump();
		}
	}

	private void pump() {
		StreamSocket reads = this.socket;
		while (reads != null) {
			synchronized (this) {
				if (this.busy || !this.due || !this.wanted || this.closed) {
					return;
				}
				this.busy = true;
			}
			try {
				reads.readable();
			}
			finally {
				synchronized (this) {
					this.busy = false;
				}
			}
		}
	}

	/** The first call makes it so. */
	final boolean markClosed() {
		synchronized (this) {
			boolean first = !this.closed;
			this.closed = true;
			return first;
		}
	}

	final boolean isClosed() {
		return this.closed;
	}

}
