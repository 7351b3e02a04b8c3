package io.neffos.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Message;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.engine.Mailbox.Pause;
import io.neffos.observe.NeffosObserver.JoinOutcome;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one connection in one namespace: who may join, in which order the events
 * fire (protocol sections 7.6 to 7.8), and what is joined. Changes happen in the mailbox
 * of the connection; the table can be read by any thread.
 */
final class RoomManager {

	private final EngineConn conn;

	private final EngineNSConn ns;

	/** Guarded by itself; written in the mailbox only. */
	private final Map<String, EngineRoom> rooms = new LinkedHashMap<>(4);

	/** Mailbox only: the namespace is being left, so that no room may be added. */
	private boolean leaving;

	/** Joins of this side that are under way; guarded by itself. */
	private final Map<String, CompletableFuture<Room>> joining = new LinkedHashMap<>(2);

	RoomManager(EngineConn conn, EngineNSConn ns) {
		this.conn = conn;
		this.ns = ns;
	}

	@Nullable EngineRoom get(String name) {
		synchronized (this.rooms) {
			return this.rooms.get(name);
		}
	}

	Collection<EngineRoom> all() {
		synchronized (this.rooms) {
			return new ArrayList<>(this.rooms.values());
		}
	}

	/** A join of this side that is under way, or {@code null}. */
	@Nullable CompletableFuture<Room> joining(String name) {
		synchronized (this.joining) {
			return this.joining.get(name);
		}
	}

	/** The peer asks to join. In the mailbox. */
	@Nullable Pause joinAsked(Frame request) {
		String name = request.room();
		if (get(name) != null) {
			this.conn.sendEmptyReply(request.waitToken());
			return null;
		}
		String bound = bound(name);
		if (bound != null) {
			return refuse(request, bound);
		}
		Message message = Incoming.request(this.conn, request);
		return this.conn.then(this.conn.handlers().decide(this.ns, message), (outcome) -> {
			if (outcome.isRefusal()) {
				return refuse(request, outcome.text());
			}
			if (this.conn.isClosed() || isGone()) {
				observe(JoinOutcome.FAILED);
				this.conn.send(Frame.error(request, ErrorTexts.BAD_NAMESPACE));
				return null;
			}
			EngineRoom room = store(name);
			if (room == null) {
				// The handler itself made the connection join.
				this.conn.sendEmptyReply(request.waitToken());
				return null;
			}
			Joining joining = this.conn.host().joined(room, name);
			return this.conn.after((joining != null) ? joining.reachable() : null, () -> {
				this.conn.sendEmptyReply(request.waitToken());
				return this.conn.after((joining != null) ? joining.created() : null, () -> {
					this.conn.handlers().fire(this.ns, message.event(SystemEvents.ROOM_JOINED));
					return null;
				});
			});
		});
	}

	private @Nullable String bound(String name) {
		if (name.isEmpty()) {
			return ErrorTexts.BAD_ROOM;
		}
		if (this.conn.roomCount() >= this.conn.host().settings().maxRooms()) {
			return ErrorTexts.TOO_MANY_ROOMS;
		}
		return null;
	}

	private @Nullable Pause refuse(Frame request, String text) {
		observe(JoinOutcome.REFUSED);
		this.conn.send(Frame.error(request, text));
		return null;
	}

	/** This side asks to join. Any thread. */
	CompletableFuture<Room> join(String name, Duration timeout) {
		EngineRoom joined = get(name);
		if (joined != null) {
			return CompletableFuture.completedFuture(joined);
		}
		CompletableFuture<Room> result = this.conn.future();
		if (name.isEmpty() || name.length() > this.conn.host().settings().maxNameLength()) {
			result.completeExceptionally(new BadRoomException(
					"A room has a name of 1 to " + this.conn.host().settings().maxNameLength() + " characters"));
			return result;
		}
		synchronized (this.joining) {
			CompletableFuture<Room> other = this.joining.get(name);
			// One that has ended and not yet left the table is no answer to a new call.
			if (other != null && !other.isDone()) {
				return other.copy();
			}
			this.joining.put(name, result);
		}
		result.whenComplete((value, failure) -> {
			synchronized (this.joining) {
				this.joining.remove(name, result);
			}
		});
		this.conn.deadline(result, timeout, "join of room " + name);
		this.conn.begin(() -> joinBegins(name, timeout, result));
		return result.copy();
	}

	private @Nullable Pause joinBegins(String name, Duration timeout, CompletableFuture<Room> result) {
		if (result.isDone()) {
			return null;
		}
		EngineRoom joined = get(name);
		if (joined != null) {
			result.complete(joined);
			return null;
		}
		if (!checkUsable(result)) {
			return null;
		}
		if (ErrorTexts.TOO_MANY_ROOMS.equals(bound(name))) {
			observe(JoinOutcome.REFUSED);
			result.completeExceptionally(new RefusedException(ErrorTexts.TOO_MANY_ROOMS));
			return null;
		}
		Message message = this.ns.local(SystemEvents.ROOM_JOIN, name, true, false);
		// Counts while it is under way, so that many at once do not pass the bound.
		this.conn.roomsChanged(1);
		this.conn.handlers().decide(this.ns, message).thenAccept((outcome) -> {
			if (outcome.isRefusal()) {
				this.conn.roomsChanged(-1);
				observe(JoinOutcome.REFUSED);
				result.completeExceptionally(outcome.toException());
				return;
			}
			this.conn.request(SystemEvents.ROOM_JOIN, this.ns, name, timeout,
					(failure) -> joinAnswered(name, message, result, failure));
		});
		return null;
	}

	private @Nullable Pause joinAnswered(String name, Message message, CompletableFuture<Room> result,
			@Nullable Throwable failure) {
		this.conn.roomsChanged(-1);
		if (failure != null) {
			observe((failure instanceof RefusedException) ? JoinOutcome.REFUSED : JoinOutcome.FAILED);
			if (failure instanceof AskTimeoutException) {
				undo(name);
			}
			result.completeExceptionally(failure);
			return null;
		}
		// Who asked may have given up while the answer waited for its turn.
		if (result.isDone() || !checkUsable(result)) {
			observe(JoinOutcome.FAILED);
			undo(name);
			return null;
		}
		EngineRoom room = store(name);
		if (room == null) {
			// The peer's own request came in between; what is stored stays.
			room = get(name);
			result.complete(room);
			return null;
		}
		EngineRoom stored = room;
		Joining joining = this.conn.host().joined(stored, name);
		return this.conn.after((joining != null) ? joining.reachable() : null,
				() -> this.conn.after((joining != null) ? joining.created() : null, () -> {
					this.conn.handlers().fire(this.ns, message.event(SystemEvents.ROOM_JOINED));
					result.complete(stored);
					return null;
				}));
	}

	/**
	 * The peer may have joined, or may yet, so it is told to leave, in order. Nobody
	 * waits for the answer.
	 */
	private void undo(String name) {
		if (!isGone() && get(name) == null) {
			this.conn.send(Frame.request(this.conn.host().tokens().next(), this.ns.namespace(), name,
					SystemEvents.ROOM_LEAVE));
		}
	}

	private boolean checkUsable(CompletableFuture<?> result) {
		if (this.conn.isClosed()) {
			result.completeExceptionally(new WriteClosedException("The connection is closed"));
			return false;
		}
		if (isGone()) {
			result.completeExceptionally(
					new BadNamespaceException("Namespace '" + this.ns.namespace() + "' is not connected"));
			return false;
		}
		return true;
	}

	private boolean isGone() {
		return this.leaving || !this.conn.namespaceManager().has(this.ns);
	}

	private @Nullable EngineRoom store(String asked) {
		String name = this.conn.host().roomName(this.ns.namespace(), asked);
		EngineRoom room = new EngineRoom(this.ns, name);
		synchronized (this.rooms) {
			if (this.rooms.putIfAbsent(name, room) != null) {
				return null;
			}
			this.conn.roomsChanged(1);
		}
		observe(JoinOutcome.JOINED);
		return room;
	}

	/** Remove a room from the table and the index; {@code null} if it is gone already. */
	private @Nullable CompletionStage<?> remove(EngineRoom room) {
		synchronized (this.rooms) {
			if (!this.rooms.remove(room.name(), room)) {
				return null;
			}
			this.conn.roomsChanged(-1);
		}
		return this.conn.host().left(room, room.name());
	}

	/** The peer asks to leave. In the mailbox. */
	@Nullable Pause leaveAsked(Frame request) {
		EngineRoom room = get(request.room());
		if (room == null) {
			this.conn.sendEmptyReply(request.waitToken());
			return null;
		}
		Message message = Incoming.request(this.conn, request);
		boolean order = this.conn.host().side().takesOrders();
		return this.conn.then(this.conn.handlers().decide(this.ns, message), (outcome) -> {
			if (outcome.isRefusal() && !order) {
				this.conn.send(Frame.error(request, outcome.text()));
				return null;
			}
			if (get(room.name()) != room) {
				// The handler itself made the connection leave.
				this.conn.sendEmptyReply(request.waitToken());
				return null;
			}
			Runnable confirm = () -> this.conn.sendEmptyReply(request.waitToken());
			Message left = message.event(SystemEvents.ROOM_LEFT);
			return order ? leave(room, confirm, left) : leave(room, left, confirm);
		});
	}

	/** Remove the room, tell the handlers, go on, and let nothing overtake its end. */
	private @Nullable Pause leave(EngineRoom room, Message left, Runnable next) {
		CompletionStage<?> destroyed = remove(room);
		this.conn.handlers().fire(this.ns, left);
		next.run();
		return this.conn.after(destroyed, () -> null);
	}

	/** As above, except that the handlers are told last. */
	private @Nullable Pause leave(EngineRoom room, Runnable first, Message left) {
		CompletionStage<?> destroyed = remove(room);
		first.run();
		this.conn.handlers().fire(this.ns, left);
		return this.conn.after(destroyed, () -> null);
	}

	/** This side asks to leave. Any thread. */
	CompletableFuture<@Nullable Void> leave(EngineRoom room, Duration timeout) {
		CompletableFuture<@Nullable Void> result = this.conn.future();
		this.conn.deadline(result, timeout.plus(timeout), "leave of room " + room.name());
		this.conn.begin(() -> leaveBegins(room, timeout, result));
		return result;
	}

	private @Nullable Pause leaveBegins(EngineRoom room, Duration timeout, CompletableFuture<@Nullable Void> result) {
		if (result.isDone()) {
			return null;
		}
		if (this.conn.isClosed()) {
			result.completeExceptionally(new WriteClosedException("The connection is closed"));
			return null;
		}
		if (get(room.name()) != room) {
			result.completeExceptionally(new BadRoomException("Room '" + room.name() + "' is not joined"));
			return null;
		}
		Message message = this.ns.local(SystemEvents.ROOM_LEAVE, room.name(), true, false);
		this.conn.handlers().decide(this.ns, message).thenAccept((outcome) -> {
			if (outcome.isRefusal()) {
				result.completeExceptionally(outcome.toException());
				return;
			}
			this.conn.request(SystemEvents.ROOM_LEAVE, this.ns, room.name(), timeout,
					(failure) -> leaveAnswered(room, message, result, failure));
		});
		return null;
	}

	private @Nullable Pause leaveAnswered(EngineRoom room, Message message, CompletableFuture<@Nullable Void> result,
			@Nullable Throwable failure) {
		if (failure instanceof WriteClosedException || get(room.name()) != room) {
			// Closing fires the forced events, so there is nothing to do twice.
			complete(result, (failure instanceof WriteClosedException) ? failure : null);
			return null;
		}
		if (failure != null && !this.conn.host().side().givesOrders()) {
			// Still joined, as far as this side can know.
			result.completeExceptionally(failure);
			return null;
		}
		// A client can neither refuse a leave by an error nor by keeping silent (B16).
		return leave(room, message.event(SystemEvents.ROOM_LEFT),
				() -> complete(result, (failure instanceof AskTimeoutException) ? failure : null));
	}

	static void complete(CompletableFuture<@Nullable Void> result, @Nullable Throwable failure) {
		if (failure != null) {
			result.completeExceptionally(failure);
		}
		else {
			result.complete(null);
		}
	}

	/** This side leaves every room in turn, stopping at the first failure. Any thread. */
	CompletableFuture<@Nullable Void> leaveAll() {
		Duration timeout = this.conn.host().settings().askTimeout();
		CompletableFuture<@Nullable Void> chain = this.conn.future();
		chain.complete(null);
		for (EngineRoom room : all()) {
			chain = chain.thenCompose((done) -> (get(room.name()) == room) ? leave(room, timeout) : doneFuture());
		}
		return chain;
	}

	private static CompletableFuture<@Nullable Void> doneFuture() {
		return CompletableFuture.completedFuture(null);
	}

	/** The namespace or the connection goes away. In the mailbox. */
	@Nullable Pause leaveForced(boolean local, Mailbox.Task next) {
		this.leaving = true;
		return leaveForced(List.copyOf(all()).iterator(), local, next);
	}

	private @Nullable Pause leaveForced(Iterator<EngineRoom> rest, boolean local, Mailbox.Task next) {
		while (rest.hasNext()) {
			EngineRoom room = rest.next();
			if (get(room.name()) != room) {
				continue;
			}
			Message message = this.ns.local(SystemEvents.ROOM_LEAVE, room.name(), local, true);
			this.conn.handlers().fire(this.ns, message);
			if (get(room.name()) != room) {
				// The handler itself made the connection leave.
				continue;
			}
			CompletionStage<?> destroyed = remove(room);
			this.conn.handlers().fire(this.ns, message.event(SystemEvents.ROOM_LEFT));
			if (destroyed != null && !destroyed.toCompletableFuture().isDone()) {
				return new Pause(destroyed, () -> leaveForced(rest, local, next), false);
			}
		}
		return next.run();
	}

	private void observe(JoinOutcome outcome) {
		this.conn.host().observer().join(this.ns.namespace(), outcome);
	}

}
