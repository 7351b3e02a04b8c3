package io.neffos.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import io.neffos.transport.BatchSocket;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Flusher;
import io.neffos.transport.FrameSource;
import io.neffos.transport.ServerFrame;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** What a handler other than ours has sent and the network has not taken. */
final class SessionOutbox implements FrameSource {

	private static final int MAX_BYTES = 1024 * 1024;

	private final BatchSocket socket;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private int bytes;

	private boolean closed;

	SessionOutbox(BatchSocket socket) {
		this.socket = socket;
		socket.attach(this);
	}

	/** Add a message; {@code false} if too much waits already. */
	boolean add(WireFrame message) {
		return add(new Entry(message, message.block()));
	}

	/** Add a ping or pong, whose content has at most 125 bytes. */
	boolean addControl(int opcode, byte[] content) {
		return add(new Entry(null, ServerFrame.encode(opcode, content)));
	}

	private boolean add(Entry entry) {
		synchronized (this) {
			if (this.closed || (!this.entries.isEmpty() && this.bytes + entry.block.length > MAX_BYTES)) {
				return false;
			}
			this.entries.add(entry);
			this.bytes += entry.block.length;
		}
		Flusher asleep = this.socket.ready();
		if (asleep != null) {
			asleep.wake();
		}
		return true;
	}

	@Override
	public synchronized boolean fill(ByteBuffer to) {
		Entry first = this.entries.peek();
		while (first != null && first.block.length <= to.remaining()) {
			to.put(first.block);
			remove();
			first = this.entries.peek();
		}
		return first != null;
	}

	@Override
	public synchronized @Nullable WireFrame next() {
		Entry first = this.entries.peek();
		if (first == null) {
			return null;
		}
		remove();
		return first.message;
	}

	private void remove() {
		this.bytes -= this.entries.remove().block.length;
	}

	@Override
	public void drained() {
	}

	@Override
	public void stuck() {
		this.socket.close(new CloseReason(CloseReason.POLICY_VIOLATION, "too slow"));
	}

	@Override
	public synchronized void failed(Throwable failure) {
		this.closed = true;
		this.entries.clear();
		this.bytes = 0;
	}

	/** Something to be written. */
	private static final class Entry {

		/** The message, if it is one; a ping or pong fits into any buffer. */
		private final @Nullable WireFrame message;

		private final byte[] block;

		Entry(@Nullable WireFrame message, byte[] block) {
			this.message = message;
			this.block = block;
		}

	}

}
