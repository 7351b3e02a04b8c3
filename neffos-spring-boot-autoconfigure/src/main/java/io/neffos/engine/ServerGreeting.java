package io.neffos.engine;

import io.neffos.engine.EngineConn.Rest;
import io.neffos.engine.Mailbox.Pause;
import io.neffos.protocol.Ack;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * The server's half of the greeting: decides by OnConnect, and says so when it is asked.
 */
final class ServerGreeting extends Greeting {

	/** Written in the mailbox: the text of a refusal, to be sent when the peer asks. */
	private @Nullable String refusal;

	/** Reading thread only: the peer has asked to be acknowledged. */
	private boolean asked;

	ServerGreeting(EngineConn conn) {
		super(conn);
	}

	@Override
	void begin() {
		boolean nativeOnly = conn().isNativeOnly();
		if (nativeOnly) {
			conn().mailbox().execute(() -> {
				openNative(runOnConnect());
				return null;
			});
			return;
		}
		startClock();
		Mailbox.Task decide = () -> {
			this.refusal = refusalOf(runOnConnect());
			return null;
		};
		if (!conn().host().namespaces().onConnect().isEmpty() || !conn().mailbox().tryRun(decide)) {
			conn().mailbox().execute(decide);
		}
	}

	@Override
	boolean take(byte[] bytes) {
		if (this.asked || conn().isNativeOnly()) {
			return false;
		}
		if (Ack.REQUEST.equals(Ack.parse(bytes))) {
			this.asked = true;
			if (!conn().mailbox().tryRun(this::answer)) {
				conn().mailbox().execute(this::answer);
			}
		}
		else {
			// A client must not choose its own id (G6), nor make the server keep frames
			// for it (G18).
			conn().end(CloseCause.PROTOCOL, new CloseReason(CloseReason.PROTOCOL_ERROR, "acknowledgement expected"),
					Rest.DROP);
		}
		return true;
	}

	/** The peer has asked to be acknowledged. In the mailbox, after OnConnect. */
	private @Nullable Pause answer() {
		EngineConn conn = conn();
		if (conn.isClosed()) {
			return null;
		}
		if (this.refusal != null) {
			conn.send(new WireFrame(Ack.refused(this.refusal).encode(), false));
			conn.end(CloseCause.REFUSED, new CloseReason(CloseReason.POLICY_VIOLATION, "refused"), Rest.WRITE);
			return null;
		}
		// First of all frames, because a client takes whatever comes first for it.
		Wakes wakes = new Wakes();
		conn.enqueue(new WireFrame(Ack.accepted(conn.id()).encode(), false), wakes);
		// Listed before the client hears of it, so that who it tells finds it.
		conn.host().acknowledged(conn);
		wakes.run();
		conn.acknowledged();
		return null;
	}

}
