package io.neffos.handler;

import io.neffos.ConnAction;
import io.neffos.EventHandler;

/**
 * Wraps every annotated handler of an event or of a connection, for what has to surround
 * the call: a security context, a measurement, a log line. Handlers that are declared
 * without annotations are left alone, and so are methods for the life of rooms, which
 * belong to no connection.
 * <p>
 * Called once for each handler when the application starts. What it returns is called as
 * {@link EventHandler} says, and passes on the answer it gets from the wrapped one. Of
 * several decorators the first is the outermost.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventHandlerDecorator {

	/**
	 * Wrap a handler.
	 * @param namespace the namespace
	 * @param event the event, perhaps one of {@link io.neffos.SystemEvents}
	 * @param handler the handler
	 * @return a handler that calls it, or the handler itself
	 */
	EventHandler decorate(String namespace, String event, EventHandler handler);

	/**
	 * Wrap what is called when a connection opens or has closed. Leaves it alone unless
	 * overridden.
	 * @param action the method
	 * @return an action that calls it, or the action itself
	 */
	default ConnAction decorate(ConnAction action) {
		return action;
	}

}
