package io.neffos.engine;

import io.neffos.transport.Socket;

/**
 * What has arrived on one connection and waits for its handlers: bounded by reading no
 * more from a peer that is too fast, or, where the socket cannot do that, by saying no.
 * <p>
 * While this side waits for an answer of the peer it goes on reading, up to a higher
 * bound, because the answer may come behind what waits. Any thread.
 */
final class Intake {

	/** How far past the bound it may go while an answer is awaited. */
	private static final int ASKING_FACTOR = 4;

	private final Socket socket;

	private final EngineSettings settings;

	/** Guarded by this. */
	private int frames;

	private int bytes;

	/** Asks that wait for an answer of this peer. */
	private int asks;

	private boolean paused;

	Intake(Socket socket, EngineSettings settings) {
		this.socket = socket;
		this.settings = settings;
	}

	/**
	 * A message has arrived. On the reading thread.
	 * @return {@code false} if it is too much
	 */
	synchronized boolean arrived(int size) {
		this.frames++;
		this.bytes += size;
		if (!isBeyond(1)) {
			return true;
		}
		if (this.asks > 0) {
			return !isBeyond(ASKING_FACTOR);
		}
		if (!this.paused) {
			this.paused = this.socket.pauseReading();
		}
		// Where reading has stopped, what was read already is let in.
		return this.paused
				|| (this.frames <= this.settings.maxInboundQueue() && this.bytes <= this.settings.maxInboundBytes());
	}

	/** Guarded by this. */
	private boolean isBeyond(int factor) {
		return this.frames >= (long) factor * this.settings.maxInboundQueue()
				|| this.bytes >= (long) factor * this.settings.maxInboundBytes();
	}

	/** A message that arrived is about to be handled. */
	void taken(int size) {
		synchronized (this) {
			this.frames--;
			this.bytes -= size;
			if (!this.paused || this.frames > this.settings.maxInboundQueue() / 2
					|| this.bytes > this.settings.maxInboundBytes() / 2) {
				return;
			}
			this.paused = false;
		}
		this.socket.resumeReading();
	}

	/** An ask to this peer begins. */
	void asking() {
		synchronized (this) {
			this.asks++;
			if (!this.paused) {
				return;
			}
			this.paused = false;
		}
		this.socket.resumeReading();
	}

	/** An ask to this peer has ended. */
	synchronized void asked() {
		this.asks--;
	}

}
