package io.neffos.nio;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.neffos.transport.CloseReason;
import io.neffos.transport.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the protocol that a socket owes its peer, and how far it has come in
 * closing. Any thread asks for a frame; the thread that writes fetches it.
 * <p>
 * A base class rather than a part: it costs an idle connection no object, and a write no
 * other line of the cache.
 */
abstract class StreamControl {

	/** Bytes of pongs that may wait; a peer may ask without reading. */
	private static final int MAX_PONGS = 2048;

	private static final byte[] NOTHING = new byte[0];

	/** Guarded by this: frames of the protocol that are to go out. */
	private byte @Nullable [] pongs;

	/** Guarded by this. */
	private boolean pingDue;

	/** Set under the lock: a frame of the protocol is to go out. */
	private volatile boolean control;

	/** Set once under the lock. */
	private volatile @Nullable CloseReason closing;

	/** Set by the writer only. */
	private volatile boolean closeSent;

	/** What the peer says does not count any more. */
	private volatile boolean deaf;

	private volatile boolean peerClosed;

	/** Time of the loop. */
	private volatile int closeBy;

	/** Every ping is answered, unless the network takes no answers: then the last. */
	final synchronized void addPong(byte[] content) {
		byte[] frame = ServerFrame.encode(ServerFrame.PONG, content);
		byte[] before = this.pongs;
		if (before == null || before.length + frame.length > MAX_PONGS) {
			this.pongs = frame;
		}
		else {
			byte[] all = Arrays.copyOf(before, before.length + frame.length);
			System.arraycopy(frame, 0, all, before.length, frame.length);
			this.pongs = all;
		}
		this.control = true;
	}

	final synchronized void addPing() {
		this.pingDue = true;
		this.control = true;
	}

	/** Writer only: add what is to go out before messages. */
	final void putControl(ByteBuffer buffer) {
		if (this.control && !this.closeSent) {
			putFrames(buffer);
		}
	}

	private synchronized void putFrames(ByteBuffer buffer) {
		this.control = false;
		if (this.pongs != null) {
			buffer.put(this.pongs);
			this.pongs = null;
		}
		if (this.pingDue) {
			this.pingDue = false;
			buffer.put(ServerFrame.encode(ServerFrame.PING, NOTHING));
		}
	}

	/**
	 * Have a close frame go out after what waits.
	 * @param reason what it says
	 * @param by when the connection ends whatever the peer does
	 * @return {@code false} if the socket closes already, for another reason
	 */
	final synchronized boolean beginClose(CloseReason reason, int by) {
		if (this.closing != null) {
			return false;
		}
		this.closeBy = by;
		this.closing = reason;
		return true;
	}

	final boolean isClosing() {
		return this.closing != null;
	}

	final boolean isCloseOverdue(int now) {
		return now - this.closeBy >= 0;
	}

	/** Writer only: the close frame, if it is to go out. */
	final byte @Nullable [] closeFrame() {
		CloseReason reason = this.closing;
		return (reason == null || this.closeSent) ? null : CloseFrames.encode(reason);
	}

	/** Writer only: nothing is written after a close frame. */
	final void closeSent() {
		this.closeSent = true;
	}

	final boolean isCloseSent() {
		return this.closeSent;
	}

	/** Take nothing more of what the peer says. */
	final void deafen() {
		this.deaf = true;
	}

	final boolean isDeaf() {
		return this.deaf;
	}

	/** The peer has sent its close frame. */
	final void peerClosed() {
		this.deaf = true;
		this.peerClosed = true;
	}

	final boolean isPeerClosed() {
		return this.peerClosed;
	}

}
