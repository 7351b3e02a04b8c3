package io.neffos.client.jdk;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageParts;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the promises of a {@link io.neffos.transport.SocketListener}: messages come from
 * the threads of the HTTP client one after the other, but an end that this side forces
 * comes from elsewhere. It waits for the message that is being delivered, and nothing
 * follows it. No lock is held while the listener is called.
 */
final class Delivery {

	private @Nullable MessageParts parts;

	private @Nullable CloseReason end;

	private boolean busy;

	private boolean told;

	/** From now on there is a listener; it is told at once if all is over already. */
	void start(MessageParts parts) {
		synchronized (this) {
			this.parts = parts;
		}
		tellEnd();
	}

	/**
	 * Begin to deliver a part of a message.
	 * @return where to, or {@code null} if there is no listener, or nothing to tell it
	 * any more; else {@link #leave} must follow
	 */
	synchronized @Nullable MessageParts enter() {
		if (this.parts == null || this.end != null) {
			return null;
		}
		this.busy = true;
		return this.parts;
	}

	void leave() {
		synchronized (this) {
			this.busy = false;
		}
		tellEnd();
	}

	/** The connection has ended. Only the first call counts. */
	void end(CloseReason reason) {
		synchronized (this) {
			if (this.end == null) {
				this.end = reason;
			}
		}
		tellEnd();
	}

	private void tellEnd() {
		MessageParts to;
		CloseReason reason;
		synchronized (this) {
			if (this.parts == null || this.end == null || this.busy || this.told) {
				return;
			}
			this.told = true;
			to = this.parts;
			reason = this.end;
		}
		to.listener().onClose(reason);
	}

}
