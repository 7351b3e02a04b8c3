package io.neffos.engine;

import java.util.concurrent.CompletableFuture;

import io.neffos.Events;
import io.neffos.Message;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.engine.Mailbox.Pause;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Routes a frame, in the mailbox, to the namespaces, to the rooms or to a handler, or
 * says why it goes nowhere (protocol section 5).
 */
final class FrameDispatcher {

	private final EngineConn conn;

	private final ConnHost host;

	private final @Nullable JoinHold hold;

	FrameDispatcher(EngineConn conn, ConnHost host, @Nullable JoinHold hold) {
		this.conn = conn;
		this.host = host;
		this.hold = hold;
	}

	boolean isConnect(Frame frame) {
		return frame.event().equals(SystemEvents.NAMESPACE_CONNECT);
	}

	/**
	 * Whether no handler can be called for a frame, so that the thread that reads may
	 * dispatch it.
	 */
	boolean runsNoUserCode(Frame frame) {
		if (!this.host.side().guardsRooms()) {
			return false;
		}
		Events events = this.host.namespaces().events(frame.namespace());
		if (events == null) {
			return true;
		}
		return switch (frame.event()) {
			case SystemEvents.NAMESPACE_CONNECT -> events.handler(SystemEvents.NAMESPACE_CONNECT) == null
					&& events.handler(SystemEvents.NAMESPACE_CONNECTED) == null;
			case SystemEvents.ROOM_JOIN ->
				events.handler(SystemEvents.ROOM_JOIN) == null && events.handler(SystemEvents.ROOM_JOINED) == null;
			case SystemEvents.ROOM_LEAVE ->
				events.handler(SystemEvents.ROOM_LEAVE) == null && events.handler(SystemEvents.ROOM_LEFT) == null;
			case SystemEvents.NAMESPACE_DISCONNECT -> false;
			default -> events.handler(frame.event()) == null;
		};
	}

	/** A refused peer may go on talking, but not to handlers. */
	@Nullable Pause dispatchIfAcknowledged(Frame frame) {
		return this.conn.isAcknowledged() ? dispatch(frame) : null;
	}

	private @Nullable Pause dispatch(Frame frame) {
		if (isTooLong(frame)) {
			return drop(frame, DropReason.NAME_TOO_LONG, ErrorTexts.NAME_TOO_LONG);
		}
		if (this.host.namespaces().events(frame.namespace()) != null) {
			this.host.observer().received(frame.namespace());
		}
		return switch (frame.event()) {
			case SystemEvents.NAMESPACE_CONNECT ->
				isRequest(frame) ? this.conn.namespaceManager().connectAsked(frame) : ignore();
			case SystemEvents.NAMESPACE_DISCONNECT ->
				isRequest(frame) ? this.conn.namespaceManager().disconnectAsked(frame) : ignore();
			case SystemEvents.ROOM_JOIN, SystemEvents.ROOM_LEAVE -> room(frame);
			// Only this side raises these; a neffos.js client sends one of them by
			// mistake (J1).
			case SystemEvents.NAMESPACE_CONNECTED, SystemEvents.ROOM_JOINED, SystemEvents.ROOM_LEFT,
					SystemEvents.ANY_EVENT ->
				ignore();
			case SystemEvents.NATIVE_MESSAGE -> frame.nativeMessage() ? event(frame) : ignore();
			default -> event(frame);
		};
	}

	private boolean isTooLong(Frame frame) {
		int max = this.host.settings().maxNameLength();
		return frame.namespace().length() > max || frame.room().length() > max || frame.event().length() > max
				|| frame.waitToken().length() > max;
	}

	private static boolean isRequest(Frame frame) {
		return frame.isAsk() && !frame.noOp();
	}

	private @Nullable Pause ignore() {
		this.host.observer().dropped(DropReason.FOREIGN_SYSTEM_EVENT);
		return null;
	}

	private @Nullable Pause room(Frame frame) {
		if (!isRequest(frame)) {
			return ignore();
		}
		boolean join = frame.event().equals(SystemEvents.ROOM_JOIN);
		EngineNSConn ns = this.conn.namespaceManager().get(frame.namespace());
		if (ns == null && !join && this.host.side().takesOrders()) {
			this.conn.sendEmptyReply(frame.waitToken());
			return null;
		}
		if (ns == null) {
			return drop(frame, DropReason.BAD_NAMESPACE, ErrorTexts.BAD_NAMESPACE);
		}
		return join ? ns.roomManager().joinAsked(frame) : ns.roomManager().leaveAsked(frame);
	}

	private @Nullable Pause event(Frame frame) {
		EngineNSConn ns = this.conn.namespaceManager().get(frame.namespace());
		if (ns == null) {
			return drop(frame, DropReason.BAD_NAMESPACE, ErrorTexts.BAD_NAMESPACE);
		}
		boolean inRoom = !frame.room().isEmpty() && ns.room(frame.room()) != null;
		if (!frame.room().isEmpty() && !inRoom) {
			if (this.host.side().guardsRooms() && ns.events().roomCheck()) {
				return drop(frame, DropReason.BAD_ROOM, ErrorTexts.BAD_ROOM);
			}
			CompletableFuture<Room> joining = (this.hold != null) ? ns.roomManager().joining(frame.room()) : null;
			if (this.hold != null && joining != null && !frame.isAsk()) {
				return new Pause(this.hold.until(joining), () -> handle(frame, ns, ns.room(frame.room()) != null),
						true);
			}
		}
		return handle(frame, ns, inRoom);
	}

	private @Nullable Pause handle(Frame frame, EngineNSConn ns, boolean inRoom) {
		Incoming incoming = Incoming.event(this.conn, frame);
		Message message = incoming.message();
		CompletableFuture<Outcome> outcome = this.conn.handlers().fire(ns, message);
		if (outcome == Outcome.UNHANDLED) {
			return unhandled(frame, ns, inRoom);
		}
		// An answer that comes later does not hold up the next message.
		outcome.thenAccept((result) -> answer(incoming, message, result));
		return null;
	}

	private void answer(Incoming incoming, Message message, Outcome outcome) {
		try {
			incoming.answer(outcome);
		}
		catch (RuntimeException ex) {
			// The value cannot be written as a body: a mistake of the handler.
			incoming.answer(this.conn.handlers().failed(ex, message.namespace(), message.event(), message.room()));
		}
	}

	private @Nullable Pause unhandled(Frame frame, EngineNSConn ns, boolean inRoom) {
		Boolean chosen = ns.events().relay();
		boolean relay = (chosen != null) ? chosen : this.host.settings().relay();
		if (relay && inRoom && !frame.isAsk() && !frame.error() && this.host.side().guardsRooms()) {
			this.host.relay(frame.namespace(), frame.room(), Outgoing.relay(frame, ns.overflow()));
			return null;
		}
		return drop(frame, DropReason.NO_HANDLER, ErrorTexts.NO_HANDLER);
	}

	/** Nobody gets the frame; who asked is told why (B4, B17), others are not. */
	private @Nullable Pause drop(Frame frame, DropReason reason, String text) {
		this.host.observer().dropped(reason);
		if (!frame.isAsk() || frame.error()) {
			return null;
		}
		if (reason != DropReason.NAME_TOO_LONG) {
			this.conn.send(Frame.error(frame, text));
		}
		else if (frame.waitToken().length() <= this.host.settings().maxNameLength()) {
			this.conn.send(Frame.error(frame.waitToken(), "", "", "", text));
		}
		return null;
	}

}
