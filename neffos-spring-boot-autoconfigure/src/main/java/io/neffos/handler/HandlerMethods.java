package io.neffos.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.support.AnnotationExceptionHandlerMethodResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;

import io.neffos.ConnAction;
import io.neffos.EventHandler;
import io.neffos.RefusedException;
import io.neffos.RoomAction;

/**
 * Makes callbacks of the methods of beans, once their declarations have passed the rules,
 * and remembers what was made of which bean.
 */
final class HandlerMethods {

	private final BeanFactory beanFactory;

	private final HandlerMethodArgumentResolverComposite resolvers;

	private final ParameterRules parameterRules;

	private final List<BeanCall> calls = new ArrayList<>();

	HandlerMethods(BeanFactory beanFactory, HandlerMethodArgumentResolverComposite resolvers,
			ParameterRules parameterRules) {
		this.beanFactory = beanFactory;
		this.resolvers = resolvers;
		this.parameterRules = parameterRules;
	}

	/** All that was made so far. */
	List<BeanCall> calls() {
		return List.copyOf(this.calls);
	}

	ExceptionHandlers exceptionHandlers(HandlerBean bean, List<DeclaredHandler> declared) {
		Map<Method, BeanMethod> methods = new HashMap<>();
		for (DeclaredHandler handler : declared) {
			if (handler.kind() == HandlerKind.EXCEPTION) {
				methods.put(handler.method(), beanMethod(bean, handler));
			}
		}
		try {
			return new ExceptionHandlers(new AnnotationExceptionHandlerMethodResolver(bean.type()), methods);
		}
		catch (IllegalStateException ex) {
			throw new InvalidHandlerException("The @MessageExceptionHandler methods of %s contradict each other: %s"
				.formatted(bean, ex.getMessage()), "Let each exception type be handled by one method.");
		}
	}

	EventHandler eventHandler(HandlerBean bean, DeclaredHandler handler, ExceptionHandlers exceptions) {
		return new MethodEventHandler(handler, beanMethod(bean, handler), exceptions);
	}

	RoomAction roomAction(HandlerBean bean, DeclaredHandler handler) {
		BeanMethod method = beanMethod(bean, handler);
		RoomPattern pattern = handler.pattern();
		return (room) -> {
			if (pattern.matches(room.name())) {
				call(method, NeffosHeaders.ofRoom(room, pattern.variablesOf(room.name())));
			}
		};
	}

	ConnAction connAction(HandlerBean bean, DeclaredHandler handler) {
		BeanMethod method = beanMethod(bean, handler);
		return (conn) -> call(method, NeffosHeaders.ofConn(conn));
	}

	private static void call(BeanMethod method, Message<?> context) throws Exception {
		try {
			method.invoke(context);
		}
		catch (ClientMistakeException ex) {
			RefusedException refusal = ex.toRefusal();
			refusal.initCause(ex.reason());
			throw refusal;
		}
	}

	private BeanMethod beanMethod(HandlerBean bean, DeclaredHandler handler) {
		BeanMethod method = new BeanMethod(this.beanFactory, bean.name(), handler.method(), this.resolvers);
		if (bean.isClient()) {
			ClientRules.check(bean, handler);
		}
		this.parameterRules.check(handler, method.getMethodParameters(), bean.isClient());
		ReturnRules.check(handler);
		this.calls.add(new BeanCall(bean, handler, method));
		return method;
	}

	/**
	 * A method that is called on a bean.
	 *
	 * @param bean the bean
	 * @param handler what the method declares
	 * @param method what calls it
	 */
	record BeanCall(HandlerBean bean, DeclaredHandler handler, BeanMethod method) {

		/** Make sure that the bean as it is, perhaps a proxy, has the method. */
		void verify(Object instance) {
			try {
				this.method.invocableOn(instance);
			}
			catch (IllegalStateException ex) {
				throw new InvalidHandlerException(
						"%s cannot be called on %s, which is a proxy: %s".formatted(this.handler, this.bean,
								ex.getMessage()),
						"Declare the method in an interface of the bean, or let the proxy be one of the class"
								+ " (proxyTargetClass).");
			}
		}

	}

}
