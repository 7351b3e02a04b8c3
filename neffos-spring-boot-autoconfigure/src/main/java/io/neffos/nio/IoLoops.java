package io.neffos.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The loops of a server, onto which its sockets are spread. Each is to be run by a thread
 * of its own.
 */
public final class IoLoops implements AutoCloseable {

	private final StreamSettings settings;

	private final List<IoLoop> loops;

	private final AtomicInteger next = new AtomicInteger();

	/**
	 * Create loops, which do nothing before they are run.
	 * @param count how many, at least 1
	 * @param settings bounds of the sockets
	 */
	public IoLoops(int count, StreamSettings settings) {
		this.settings = settings;
		List<IoLoop> made = new ArrayList<>(count);
		try {
			for (int i = 0; i < count; i++) {
				made.add(new IoLoop(settings));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The operating system gave no selector", ex);
		}
		this.loops = List.copyOf(made);
	}

	/**
	 * What threads have to run.
	 * @return the loops
	 */
	public List<IoLoop> all() {
		return this.loops;
	}

	/**
	 * Choose a loop for a new socket.
	 * @return the loops in turn
	 */
	public IoLoop next() {
		return this.loops.get(Math.floorMod(this.next.getAndIncrement(), this.loops.size()));
	}

	/**
	 * Bounds of the sockets.
	 * @return the settings
	 */
	public StreamSettings settings() {
		return this.settings;
	}

	/** End the loops and whatever sockets they still have. Does not wait for it. */
	@Override
	public void close() {
		this.loops.forEach(IoLoop::close);
	}

}
