package io.neffos.handler;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A method with a handler annotation.
 *
 * @param type the class of the bean it was found on, without proxies
 * @param method the method
 * @param kind its kind
 * @param event the event, empty for kinds that handle none
 * @param pattern which rooms
 */
record DeclaredHandler(Class<?> type, Method method, HandlerKind kind, String event, RoomPattern pattern) {

	static String describe(Class<?> type, Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", type.getName() + "#" + method.getName() + "(", ")"));
	}

	/** How it is named to the developer: class and method. */
	@Override
	public String toString() {
		return describe(this.type, this.method);
	}

}
