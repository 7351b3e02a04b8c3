package io.neffos.test;

import java.util.ArrayDeque;
import java.util.Queue;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one socket, a message at a time, in the order in which they came; a close
 * waits for its turn. Entered by any thread, blocks none.
 */
final class FrameWriter {

	private final MessageSocket socket;

	/** Guarded by this, as the flag. */
	private final Queue<Runnable> queue = new ArrayDeque<>();

	private boolean writing;

	FrameWriter(MessageSocket socket) {
		this.socket = socket;
	}

	void write(byte[] bytes, boolean binary) {
		// A failure is followed by the end of the socket, which says all there is to say.
		inTurn(() -> this.socket.write(new WireFrame(bytes, binary), (failure) -> next()));
	}

	void close(CloseReason reason) {
		inTurn(() -> {
			this.socket.close(reason);
			next();
		});
	}

	private void inTurn(Runnable write) {
		synchronized (this) {
			this.queue.add(write);
			if (this.writing) {
				return;
			}
			this.writing = true;
		}
		next();
	}

	private void next() {
		Runnable write = poll();
		if (write != null) {
			write.run();
		}
	}

	private synchronized @Nullable Runnable poll() {
		Runnable write = this.queue.poll();
		this.writing = (write != null);
		return write;
	}

}
