package io.neffos.handler;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import io.neffos.EventHandler;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.SystemEvents;

/**
 * Handles an event by an annotated method. An exception of a stage that it returned goes
 * the way of one that it threw, on the thread that completes the stage.
 */
final class MethodEventHandler implements EventHandler {

	private final DeclaredHandler declared;

	private final BeanMethod method;

	private final ExceptionHandlers exceptions;

	MethodEventHandler(DeclaredHandler declared, BeanMethod method, ExceptionHandlers exceptions) {
		this.declared = declared;
		this.method = method;
		this.exceptions = exceptions;
	}

	@Override
	public @Nullable Object handle(NSConn conn, Message message) throws Exception {
		org.springframework.messaging.Message<?> context = NeffosHeaders.ofEvent(conn, message,
				this.declared.pattern().variablesOf(message.room()));
		// Asked of the message: a method for any event is also called for a join.
		boolean mayReply = !SystemEvents.isSystemEvent(message.event()) || message.isNative();
		Object result;
		try {
			result = this.method.invoke(context);
		}
		catch (Exception ex) {
			return this.exceptions.handle(ex, context, mayReply);
		}
		if (result instanceof CompletionStage<?> stage && !this.exceptions.isEmpty()) {
			return stage.handle((value, failure) -> outcome(value, failure, context, mayReply));
		}
		return result;
	}

	private @Nullable Object outcome(@Nullable Object value, @Nullable Throwable failure,
			org.springframework.messaging.Message<?> context, boolean mayReply) {
		if (failure == null) {
			return value;
		}
		Throwable cause = failure;
		while ((cause instanceof CompletionException || cause instanceof ExecutionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		try {
			if (cause instanceof Exception exception) {
				return this.exceptions.handle(exception, context, mayReply);
			}
		}
		catch (Exception ex) {
			throw new CompletionException(ex);
		}
		throw new CompletionException(cause);
	}

	@Override
	public String toString() {
		return this.declared.toString();
	}

}
