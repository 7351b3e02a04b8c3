package io.neffos.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.engine.Mailbox.Pause;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of one connection: who may connect, in which order the events fire
 * (protocol sections 7.1 to 7.5), and what is connected. Changes happen in the mailbox of
 * the connection; the table can be read by any thread.
 */
final class NamespaceManager {

	private final EngineConn conn;

	/** Guarded by itself; written in the mailbox only. */
	private final Map<String, EngineNSConn> connected = new LinkedHashMap<>(2);

	/** Connects of this side that are under way; guarded by itself. */
	private final Map<String, CompletableFuture<NSConn>> connecting = new LinkedHashMap<>(2);

	private final ConnectWaiters waiters = new ConnectWaiters();

	NamespaceManager(EngineConn conn) {
		this.conn = conn;
	}

	@Nullable EngineNSConn get(String namespace) {
		synchronized (this.connected) {
			return this.connected.get(namespace);
		}
	}

	boolean has(EngineNSConn ns) {
		return get(ns.namespace()) == ns;
	}

	List<EngineNSConn> all() {
		synchronized (this.connected) {
			return new ArrayList<>(this.connected.values());
		}
	}

	private boolean store(EngineNSConn ns) {
		synchronized (this.connected) {
			if (this.connected.putIfAbsent(ns.namespace(), ns) != null) {
				return false;
			}
		}
		this.conn.host().entered(ns);
		return true;
	}

	private boolean remove(EngineNSConn ns) {
		synchronized (this.connected) {
			if (!this.connected.remove(ns.namespace(), ns)) {
				return false;
			}
		}
		this.conn.host().exited(ns);
		return true;
	}

	/**
	 * Native-only connections are in the namespace with the empty name from the start.
	 */
	void connectNative() {
		Events events = this.conn.host().namespaces().events("");
		if (events != null) {
			EngineNSConn ns = new EngineNSConn(this.conn, "", events);
			if (store(ns)) {
				this.waiters.connected(ns);
			}
		}
	}

	/** The handlers are told of a connect, then who waits for it. */
	private void told(EngineNSConn ns, Message message) {
		this.conn.handlers().fire(ns, message.event(SystemEvents.NAMESPACE_CONNECTED));
		this.waiters.connected(ns);
	}

	/** Wait for a connect, of whichever side. Any thread. */
	CompletableFuture<NSConn> waitFor(String namespace, Duration timeout) {
		CompletableFuture<NSConn> result = this.conn.future();
		if (this.conn.host().namespaces().events(namespace) == null) {
			result.completeExceptionally(undeclared(namespace));
			return result;
		}
		this.conn.deadline(result, timeout, "wait for namespace " + namespace);
		this.waiters.add(namespace, result);
		EngineNSConn known = get(namespace);
		if (known != null) {
			result.complete(known);
		}
		return result;
	}

	/** Nobody will connect any more. */
	void stopWaiting() {
		this.waiters.close();
	}

	private BadNamespaceException undeclared(String namespace) {
		return new BadNamespaceException("Namespace '" + namespace + "' is not declared on this side; declared are "
				+ this.conn.host().namespaces().names());
	}

	/** The peer asks to connect. In the mailbox. */
	@Nullable Pause connectAsked(Frame request) {
		Events events = this.conn.host().namespaces().events(request.namespace());
		if (events == null) {
			this.conn.send(Frame.error(request, ErrorTexts.BAD_NAMESPACE));
			return null;
		}
		if (get(request.namespace()) != null) {
			this.conn.sendEmptyReply(request.waitToken());
			return null;
		}
		if (all().size() >= this.conn.host().settings().maxNamespaces()) {
			this.conn.send(Frame.error(request, ErrorTexts.TOO_MANY_NAMESPACES));
			return null;
		}
		EngineNSConn ns = new EngineNSConn(this.conn, request.namespace(), events);
		Message message = Incoming.request(this.conn, request);
		return this.conn.then(this.conn.handlers().decide(ns, message), (outcome) -> {
			if (outcome.isRefusal()) {
				this.conn.send(Frame.error(request, outcome.text()));
				return null;
			}
			if (this.conn.isClosed()) {
				return null;
			}
			boolean stored = store(ns);
			this.conn.sendConnectReply(request.waitToken(), ns.namespace());
			if (stored) {
				told(ns, message);
			}
			return null;
		});
	}

	/** This side asks to connect. Any thread. */
	CompletableFuture<NSConn> connect(String namespace, Duration timeout) {
		EngineNSConn known = get(namespace);
		if (known != null) {
			return CompletableFuture.completedFuture(known);
		}
		CompletableFuture<NSConn> result = this.conn.future();
		Events events = this.conn.host().namespaces().events(namespace);
		if (events == null) {
			result.completeExceptionally(undeclared(namespace));
			return result;
		}
		synchronized (this.connecting) {
			CompletableFuture<NSConn> other = this.connecting.get(namespace);
			// One that has ended and not yet left the table is no answer to a new call.
			if (other != null && !other.isDone()) {
				return other.copy();
			}
			this.connecting.put(namespace, result);
		}
		result.whenComplete((value, failure) -> {
			synchronized (this.connecting) {
				this.connecting.remove(namespace, result);
			}
		});
		this.conn.deadline(result, timeout, "connect of namespace " + namespace);
		EngineNSConn ns = new EngineNSConn(this.conn, namespace, events);
		this.conn.whenAcknowledged(() -> connectBegins(ns, timeout, result), result);
		return result.copy();
	}

	private @Nullable Pause connectBegins(EngineNSConn ns, Duration timeout, CompletableFuture<NSConn> result) {
		if (result.isDone()) {
			return null;
		}
		EngineNSConn known = get(ns.namespace());
		if (known != null) {
			result.complete(known);
			return null;
		}
		if (this.conn.isClosed()) {
			result.completeExceptionally(new WriteClosedException("The connection is closed"));
			return null;
		}
		if (all().size() >= this.conn.host().settings().maxNamespaces()) {
			result.completeExceptionally(new RefusedException(ErrorTexts.TOO_MANY_NAMESPACES));
			return null;
		}
		Message message = ns.local(SystemEvents.NAMESPACE_CONNECT, "", true, false);
		this.conn.handlers().decide(ns, message).thenAccept((outcome) -> {
			if (outcome.isRefusal()) {
				result.completeExceptionally(outcome.toException());
				return;
			}
			this.conn.request(SystemEvents.NAMESPACE_CONNECT, ns, "", timeout,
					(failure) -> connectAnswered(ns, message, result, failure));
		});
		return null;
	}

	private @Nullable Pause connectAnswered(EngineNSConn ns, Message message, CompletableFuture<NSConn> result,
			@Nullable Throwable failure) {
		if (failure != null) {
			if (failure instanceof AskTimeoutException) {
				undo(ns);
			}
			result.completeExceptionally(failure);
		}
		else if (this.conn.isClosed()) {
			result.completeExceptionally(new WriteClosedException("The connection is closed"));
		}
		else if (result.isDone()) {
			// Who asked has given up while the answer waited for its turn.
			undo(ns);
		}
		else if (store(ns)) {
			told(ns, message);
			result.complete(ns);
		}
		else {
			// Both sides connected at once: what is stored stays, with its rooms.
			result.complete(get(ns.namespace()));
		}
		return null;
	}

	/**
	 * The peer may have connected, or may yet, so it is told to disconnect, in order.
	 * Nobody waits for the answer.
	 */
	private void undo(EngineNSConn ns) {
		if (get(ns.namespace()) == null) {
			this.conn.send(Frame.request(this.conn.host().tokens().next(), ns.namespace(), "",
					SystemEvents.NAMESPACE_DISCONNECT));
		}
	}

	/** The peer asks to disconnect. In the mailbox. */
	@Nullable Pause disconnectAsked(Frame request) {
		EngineNSConn ns = get(request.namespace());
		if (ns == null) {
			this.conn.sendEmptyReply(request.waitToken());
			return null;
		}
		Message message = Incoming.request(this.conn, request);
		if (this.conn.host().side().takesOrders()) {
			return ns.roomManager().leaveForced(false, () -> {
				boolean removed = remove(ns);
				this.conn.sendEmptyReply(request.waitToken());
				if (removed) {
					this.conn.handlers().fire(ns, message);
				}
				return null;
			});
		}
		return this.conn.then(this.conn.handlers().decide(ns, message), (outcome) -> {
			if (outcome.isRefusal()) {
				this.conn.send(Frame.error(request, outcome.text()));
				return null;
			}
			return ns.roomManager().leaveForced(false, () -> {
				remove(ns);
				this.conn.sendEmptyReply(request.waitToken());
				return null;
			});
		});
	}

	/** This side asks to disconnect; a client cannot refuse. Any thread. */
	CompletableFuture<@Nullable Void> disconnect(EngineNSConn ns) {
		Duration timeout = this.conn.host().settings().askTimeout();
		CompletableFuture<@Nullable Void> result = this.conn.future();
		this.conn.deadline(result, timeout.plus(timeout), "disconnect of namespace " + ns.namespace());
		this.conn.begin(() -> {
			if (this.conn.isClosed()) {
				result.completeExceptionally(new WriteClosedException("The connection is closed"));
			}
			else if (!has(ns)) {
				result.completeExceptionally(
						new BadNamespaceException("Namespace '" + ns.namespace() + "' is not connected"));
			}
			else {
				this.conn.request(SystemEvents.NAMESPACE_DISCONNECT, ns, "", timeout,
						(failure) -> disconnectAnswered(ns, result, failure));
			}
			return null;
		});
		return result;
	}

	private @Nullable Pause disconnectAnswered(EngineNSConn ns, CompletableFuture<@Nullable Void> result,
			@Nullable Throwable failure) {
		if (failure instanceof WriteClosedException || !has(ns)) {
			RoomManager.complete(result, (failure instanceof WriteClosedException) ? failure : null);
			return null;
		}
		if (failure != null && !this.conn.host().side().givesOrders()) {
			result.completeExceptionally(failure);
			return null;
		}
		return gone(ns, false, () -> {
			RoomManager.complete(result, (failure instanceof AskTimeoutException) ? failure : null);
			return null;
		});
	}

	CompletableFuture<@Nullable Void> disconnectAll() {
		CompletableFuture<@Nullable Void> chain = this.conn.future();
		chain.complete(null);
		for (EngineNSConn ns : all()) {
			chain = chain.thenCompose((done) -> has(ns) ? disconnect(ns) : CompletableFuture.completedFuture(null));
		}
		return chain;
	}

	/** The rooms go, then the namespace, then its handler is told. In the mailbox. */
	private @Nullable Pause gone(EngineNSConn ns, boolean forced, Mailbox.Task next) {
		return ns.roomManager().leaveForced(true, () -> {
			if (remove(ns)) {
				this.conn.handlers().fire(ns, ns.local(SystemEvents.NAMESPACE_DISCONNECT, "", true, forced));
			}
			return next.run();
		});
	}

	/** The connection has closed: every namespace goes. In the mailbox. */
	@Nullable Pause closeAll(Mailbox.Task next) {
		return closeAll(all().iterator(), next);
	}

	private @Nullable Pause closeAll(Iterator<EngineNSConn> rest, Mailbox.Task next) {
		return rest.hasNext() ? gone(rest.next(), true, () -> closeAll(rest, next)) : next.run();
	}

}
