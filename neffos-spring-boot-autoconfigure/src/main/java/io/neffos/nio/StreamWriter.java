package io.neffos.nio;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

import io.neffos.transport.Flusher;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who writes for a socket, and when. Writing is done by whoever brings {@code state} from
 * idle or scheduled to writing, which is the loop or, for an answer, the thread that has
 * it.
 */
abstract class StreamWriter extends StreamOutput {

	private static final Log logger = LogFactory.getLog(StreamSocket.class);

	/** Nothing to write, as far as anybody has said. */
	private static final int IDLE = 0;

	/** In the list of the loop. */
	private static final int SCHEDULED = 1;

	/** A thread writes. */
	private static final int WRITING = 2;

	/** A thread writes and has to look again afterwards. */
	private static final int AGAIN = 3;

	/** The network takes nothing just now. */
	private static final int STALLED = 4;

	/** The connection has ended. */
	private static final int DONE = 5;

	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(StreamWriter.class, "state", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final IoLoop loop;

	private volatile int state;

	/** Time of the loop. */
	private volatile int stalledAt;

	StreamWriter(ByteLink link, IoLoop loop) {
		super(link);
		this.loop = loop;
	}

	final IoLoop loop() {
		return this.loop;
	}

	@Override
	public final @Nullable Flusher ready() {
		while (true) {
			int before = this.state;
			if (before == IDLE) {
				if (STATE.compareAndSet(this, IDLE, SCHEDULED)) {
					return this.loop.push(this);
				}
			}
			else if (before != WRITING || STATE.compareAndSet(this, WRITING, AGAIN)) {
				return null;
			}
		}
	}

	@Override
	final void schedule() {
		Flusher asleep = ready();
		if (asleep != null) {
			asleep.wake();
		}
	}

	@Override
	public final void writeNow() {
		if (STATE.compareAndSet(this, IDLE, WRITING)) {
			writeHere();
		}
		else {
			schedule();
		}
	}

	/** Write with a buffer of the calling thread, or leave it to the loop. */
	private void writeHere() {
		if (this.loop.isOwn()) {
			write(this.loop.out());
			return;
		}
		ByteBuffer buffer = this.loop.inline().take();
		if (buffer == null) {
			if (STATE.compareAndSet(this, WRITING, SCHEDULED) || STATE.compareAndSet(this, AGAIN, SCHEDULED)) {
				Flusher asleep = this.loop.push(this);
				if (asleep != null) {
					asleep.wake();
				}
			}
			return;
		}
		try {
			write(buffer);
		}
		finally {
			this.loop.inline().giveBack(buffer);
		}
	}

	/** Write what has gathered. The loop has taken this socket from its list. */
	final void flush() {
		if (STATE.compareAndSet(this, SCHEDULED, WRITING)) {
			write(this.loop.out());
		}
	}

	/** The network takes more. */
	public final void writable() {
		if (STATE.compareAndSet(this, STALLED, WRITING)) {
			writeHere();
		}
	}

	private void write(ByteBuffer buffer) {
		try {
			while (pass(buffer)) {
				if (STATE.compareAndSet(this, WRITING, IDLE)) {
					return;
				}
				if (!STATE.compareAndSet(this, AGAIN, WRITING)) {
					return;
				}
			}
			stalled();
		}
		catch (IOException ex) {
			broken(ex);
		}
		catch (RuntimeException ex) {
			logger.error("Writing to a socket failed", ex);
			broken(ex);
		}
	}

	private void stalled() {
		this.stalledAt = this.loop.now();
		if (STATE.compareAndSet(this, WRITING, STALLED) || STATE.compareAndSet(this, AGAIN, STALLED)) {
			link().wantWrite();
		}
	}

	/** Ask again to be told when the network takes more, as the link was not ready. */
	final void wantWriteIfStalled() {
		if (this.state == STALLED) {
			link().wantWrite();
		}
	}

	/** Whether the network has taken nothing for longer than it may. */
	final boolean isStalled(int now, long timeout) {
		return this.state == STALLED && now - this.stalledAt > timeout;
	}

	/** Tell who has the messages that the network takes none, and begin to wait anew. */
	final void stuck(int now) {
		this.stalledAt = now;
		tellStuck();
	}

	/** Write nothing any more, and close the link. */
	final void done() {
		if ((int) STATE.getAndSet(this, DONE) != DONE) {
			link().close();
		}
	}

	final boolean isDone() {
		return this.state == DONE;
	}

}
