package io.neffos.engine;

import java.util.ArrayList;
import java.util.List;

import io.neffos.transport.Flusher;
import org.jspecify.annotations.Nullable;

/**
 * What is to be woken, or written, once a lock is released. For one thread and one use.
 */
public final class Wakes {

	private @Nullable List<Flusher> flushers;

	/** Create an empty object. */
	public Wakes() {
	}

	void add(@Nullable Flusher flusher) {
		if (flusher == null) {
			return;
		}
		if (this.flushers == null) {
			this.flushers = new ArrayList<>();
		}
		this.flushers.add(flusher);
	}

	/** Do it. Never blocks; not to be called under a lock. */
	public void run() {
		if (this.flushers != null) {
			this.flushers.forEach(Flusher::wake);
		}
	}

}
