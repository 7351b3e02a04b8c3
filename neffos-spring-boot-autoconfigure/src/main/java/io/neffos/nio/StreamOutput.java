package io.neffos.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

import io.neffos.transport.BatchSocket;
import io.neffos.transport.FrameSource;
import org.jspecify.annotations.Nullable;

/**
 * What a socket writes: frames of the protocol, messages and at last a close frame, each
 * whole and in this order, however little the network takes at a time. Used by the thread
 * that writes, of which there is one at a time.
 */
abstract class StreamOutput extends StreamControl implements BatchSocket {

	private final ByteLink link;

	private volatile @Nullable FrameSource source;

	/** Writer only: what the network did not take, from {@code restAt} on. */
	private byte @Nullable [] rest;

	private int restAt;

	StreamOutput(ByteLink link) {
		this.link = link;
	}

	final ByteLink link() {
		return this.link;
	}

	/** Have somebody write, or look again once he has written. */
	abstract void schedule();

	/** The connection is broken or over: end it, on the thread of the loop. */
	abstract void endLater();

	@Override
	public final void attach(FrameSource messages) {
		this.source = messages;
	}

	/**
	 * Write everything there is.
	 * @return {@code false} if the network did not take it all
	 */
	final boolean pass(ByteBuffer buffer) throws IOException {
		FrameSource messages = this.source;
		boolean more = true;
		while (more) {
			if (!writeRest(buffer)) {
				return false;
			}
			buffer.clear();
			putControl(buffer);
			int before = buffer.position();
			more = messages != null && !isCloseSent() && messages.fill(buffer);
			byte[] big = null;
			if (more && buffer.position() == before) {
				big = Objects.requireNonNull(Objects.requireNonNull(messages).next()).block();
			}
			boolean ending = !more && putClose(buffer);
			buffer.flip();
			boolean taken = !buffer.hasRemaining() || this.link.write(buffer);
			if (taken) {
				this.rest = big;
				this.restAt = 0;
			}
			else {
				keep(buffer, big);
			}
			if (ending) {
				closeSent();
			}
			if (!taken) {
				return false;
			}
		}
		if (isCloseSent()) {
			closeWritten();
		}
		else if (messages != null) {
			messages.drained();
		}
		return true;
	}

	private boolean writeRest(ByteBuffer buffer) throws IOException {
		byte[] left = this.rest;
		while (left != null) {
			buffer.clear();
			int length = Math.min(left.length - this.restAt, buffer.remaining());
			buffer.put(left, this.restAt, length).flip();
			boolean taken = this.link.write(buffer);
			this.restAt += length - buffer.remaining();
			if (!taken) {
				return false;
			}
			if (this.restAt == left.length) {
				this.rest = null;
				left = null;
			}
		}
		return true;
	}

	private void keep(ByteBuffer buffer, byte @Nullable [] big) {
		int length = buffer.remaining();
		byte[] kept = new byte[length + ((big != null) ? big.length : 0)];
		buffer.get(kept, 0, length);
		if (big != null) {
			System.arraycopy(big, 0, kept, length, big.length);
		}
		this.rest = kept;
		this.restAt = 0;
	}

	private boolean putClose(ByteBuffer buffer) {
		byte[] frame = closeFrame();
		if (frame == null) {
			return false;
		}
		if (frame.length > buffer.remaining()) {
			// What is before it leaves no room: the next time.
			schedule();
			return false;
		}
		buffer.put(frame);
		return true;
	}

	/** Nothing is written after a close frame. */
	private void closeWritten() throws IOException {
		if (isPeerClosed()) {
			endLater();
		}
		else if (isDeaf()) {
			// What the peer answers cannot be read, so it is told by the stream, too.
			this.link.endOutput();
		}
	}

	/** The network fails. */
	final void broken(Exception failure) {
		FrameSource messages = this.source;
		if (messages != null) {
			messages.failed(failure);
		}
		endLater();
	}

	/** Tell who has the messages that the network takes none. */
	final void tellStuck() {
		FrameSource messages = this.source;
		if (messages != null) {
			messages.stuck();
		}
	}

}
