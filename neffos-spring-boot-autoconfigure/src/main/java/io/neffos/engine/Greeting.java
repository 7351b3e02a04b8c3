package io.neffos.engine;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.neffos.engine.EngineConn.Rest;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * How a connection begins: {@code OnConnect} and the acknowledgement, before which
 * nothing else is exchanged (protocol section 2). In native-only mode there is no
 * acknowledgement.
 */
abstract class Greeting {

	private final EngineConn conn;

	/** Written in the mailbox: whether OnConnect let the connection in. */
	private boolean admitted;

	Greeting(EngineConn conn) {
		this.conn = conn;
	}

	static Greeting of(EngineConn conn) {
		return switch (conn.host().side()) {
			case SERVER -> new ServerGreeting(conn);
			case CLIENT -> new ClientGreeting(conn);
		};
	}

	final EngineConn conn() {
		return this.conn;
	}

	/** Whether OnConnect let the connection in. In the mailbox. */
	final boolean isAdmitted() {
		return this.admitted;
	}

	/** Begin. */
	abstract void begin();

	/**
	 * Take a message unless the greeting is over. On the reading thread.
	 * @return whether the message was part of the greeting
	 */
	abstract boolean take(byte[] bytes);

	/** Run OnConnect, in the mailbox. */
	final Outcome runOnConnect() {
		Outcome outcome = this.conn.handlers().connect();
		this.admitted = !outcome.isRefusal();
		return outcome;
	}

	/** Begin without acknowledgement, in the mailbox, after OnConnect. */
	final void openNative(Outcome outcome) {
		if (outcome.isRefusal()) {
			this.conn.refuse(outcome.toException(), CloseCause.REFUSED,
					new CloseReason(CloseReason.POLICY_VIOLATION, "refused"));
			return;
		}
		if (this.conn.isClosed()) {
			return;
		}
		this.conn.host().acknowledged(this.conn);
		this.conn.namespaceManager().connectNative();
		this.conn.acknowledged();
	}

	/** End the connection unless it is acknowledged in time. */
	final void startClock() {
		Future<?> deadline = this.conn.host()
			.timer()
			.schedule(
					() -> this.conn.end(CloseCause.HANDSHAKE_TIMEOUT,
							new CloseReason(CloseReason.POLICY_VIOLATION, "no acknowledgement in time"), Rest.DROP),
					this.conn.host().settings().handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
		this.conn.acknowledgement().whenComplete((value, failure) -> deadline.cancel(false));
	}

	/** The text that refuses a peer. */
	static @Nullable String refusalOf(Outcome outcome) {
		return outcome.isRefusal() ? outcome.text() : null;
	}

}
