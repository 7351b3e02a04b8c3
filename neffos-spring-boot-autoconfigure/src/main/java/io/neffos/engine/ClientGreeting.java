package io.neffos.engine;

import io.neffos.RefusedException;
import io.neffos.engine.Mailbox.Pause;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.protocol.Ack;
import io.neffos.protocol.ErrorTexts;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of the greeting: asks to be acknowledged, and learns its id. Its own
 * OnConnect runs when the server has accepted it, before it counts as acknowledged here.
 */
final class ClientGreeting extends Greeting {

	/** Reading thread only: the peer has answered. */
	private boolean answered;

	ClientGreeting(EngineConn conn) {
		super(conn);
	}

	@Override
	void begin() {
		if (conn().isNativeOnly()) {
			conn().mailbox().execute(() -> {
				openNative(runOnConnect());
				return null;
			});
			return;
		}
		startClock();
		conn().send(new WireFrame(Ack.REQUEST.encode(), false));
	}

	@Override
	boolean take(byte[] bytes) {
		if (this.answered || conn().isNativeOnly()) {
			return false;
		}
		Ack ack = Ack.parse(bytes);
		if (ack == null || ack.kind() == Ack.Kind.REQUEST) {
			// No server says anything before it has accepted the client.
			conn().host().observer().dropped(DropReason.INVALID);
			return true;
		}
		this.answered = true;
		if (ack.kind() == Ack.Kind.ACCEPTED) {
			conn().mailbox().execute(() -> accepted(ack.text()));
		}
		else {
			conn().refuse(new RefusedException(ErrorTexts.orUnspecified(ack.text())), CloseCause.REFUSED,
					new CloseReason(CloseReason.NORMAL, "refused"));
		}
		return true;
	}

	private @Nullable Pause accepted(String id) {
		EngineConn conn = conn();
		conn.identify(id);
		if (conn.isClosed()) {
			return null;
		}
		Outcome outcome = runOnConnect();
		if (outcome.isRefusal()) {
			conn.refuse(outcome.toException(), CloseCause.APPLICATION, new CloseReason(CloseReason.NORMAL, "refused"));
			return null;
		}
		conn.host().acknowledged(conn);
		conn.acknowledged();
		return null;
	}

}
