package io.neffos.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.neffos.ConnAction;
import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.observe.NeffosObserver.HandlerOutcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Calls the handlers of one connection and turns whatever they do into an
 * {@link Outcome}. Unexpected exceptions are logged here, once.
 */
final class Handlers {

	private static final Log logger = LogFactory.getLog(Handlers.class);

	private final EngineConn conn;

	private final ConnHost host;

	Handlers(EngineConn conn, ConnHost host) {
		this.conn = conn;
		this.host = host;
	}

	/** Call {@code OnConnect}. */
	Outcome connect() {
		for (ConnAction action : this.host.namespaces().onConnect()) {
			try {
				action.handle(this.conn);
			}
			catch (Throwable ex) {
				return failed(ex, "", "OnConnect", "");
			}
		}
		return Outcome.NOTHING.join();
	}

	/** Call {@code OnDisconnect}. */
	void disconnect() {
		for (ConnAction action : this.host.namespaces().onDisconnect()) {
			try {
				action.handle(this.conn);
			}
			catch (Throwable ex) {
				failed(ex, "", "OnDisconnect", "");
			}
		}
	}

	/**
	 * Fire an event. The result is complete unless the handler returned a future; it
	 * never fails.
	 */
	CompletableFuture<Outcome> fire(EngineNSConn ns, Message message) {
		Events events = ns.events();
		EventHandler own = events.handlers().get(message.event());
		if (own != null) {
			CompletableFuture<Outcome> outcome = call(ns, own, message.event(), message);
			if (outcome != Outcome.UNHANDLED) {
				return outcome;
			}
		}
		EventHandler any = events.handlers().get(SystemEvents.ANY_EVENT);
		return (any != null) ? call(ns, any, SystemEvents.ANY_EVENT, message) : Outcome.UNHANDLED;
	}

	/** As {@link #fire}, with a deadline for futures, because others wait for it. */
	CompletableFuture<Outcome> decide(EngineNSConn ns, Message message) {
		CompletableFuture<Outcome> outcome = fire(ns, message);
		if (outcome.isDone()) {
			return outcome;
		}
		CompletableFuture<Outcome> bounded = outcome.copy();
		ScheduledFuture<?> deadline = this.host.timer().schedule(() -> {
			if (!bounded.isDone()) {
				bounded.complete(failed(new TimeoutException("The handler's future did not complete in time"),
						message.namespace(), message.event(), message.room()));
			}
		}, this.host.settings().askTimeout().toNanos(), TimeUnit.NANOSECONDS);
		bounded.whenComplete((value, failure) -> deadline.cancel(false));
		return bounded;
	}

	private CompletableFuture<Outcome> call(EngineNSConn ns, EventHandler handler, String declared, Message message) {
		long start = System.nanoTime();
		Object value;
		try {
			value = handler.handle(ns, message);
		}
		catch (Throwable ex) {
			Outcome outcome = failed(ex, message.namespace(), message.event(), message.room());
			observe(message, declared, outcome, start);
			return CompletableFuture.completedFuture(outcome);
		}
		if (value == EventHandler.NOT_HANDLED) {
			return Outcome.UNHANDLED;
		}
		if (value instanceof CompletionStage<?> stage) {
			return stage.handle((result, thrown) -> {
				Throwable ex = (result == EventHandler.NOT_HANDLED)
						? new IllegalStateException("NOT_HANDLED is to be returned at once, not by a future") : thrown;
				Outcome outcome = (ex != null) ? failed(ex, message.namespace(), message.event(), message.room())
						: Outcome.ofValue(result);
				observe(message, declared, outcome, start);
				return outcome;
			}).toCompletableFuture();
		}
		Outcome outcome = Outcome.ofValue(value);
		observe(message, declared, outcome, start);
		return (value == null) ? Outcome.NOTHING : CompletableFuture.completedFuture(outcome);
	}

	private void observe(Message message, String declared, Outcome outcome, long start) {
		HandlerOutcome result = switch (outcome.kind()) {
			case REFUSED -> HandlerOutcome.REFUSED;
			case FAILED -> HandlerOutcome.ERROR;
			default -> HandlerOutcome.SUCCESS;
		};
		this.host.observer().handled(message.namespace(), declared, result, System.nanoTime() - start);
	}

	Outcome failed(Throwable ex, String namespace, String event, String room) {
		Outcome outcome = Outcome.ofFailure(ex, this.host.settings().includeErrorMessage());
		boolean peerGone = outcome.failure() instanceof WriteClosedException && this.conn.isClosed();
		if (outcome.kind() == Outcome.Kind.FAILED && !peerGone) {
			logger.warn("Handler failed [conn=" + this.conn.id() + ", namespace=" + namespace + ", room=" + room
					+ ", event=" + event + "]", outcome.failure());
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("Handler " + (peerGone ? "interrupted by the end of the connection" : "refused") + " [conn="
					+ this.conn.id() + ", namespace=" + namespace + ", room=" + room + ", event=" + event + "]: "
					+ outcome.text());
		}
		return outcome;
	}

}
