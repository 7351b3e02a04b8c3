package io.neffos.handler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;

import org.apache.commons.logging.impl.NoOpLog;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean that is looked up by name for every call, so that lazy beans are
 * made when they are needed, and scopes and proxies apply. Arguments are those of the
 * method as it was written; what is called is the same method of the proxy.
 */
final class BeanMethod extends InvocableHandlerMethod {

	private final BeanFactory beanFactory;

	private final String beanName;

	private volatile @Nullable Target target;

	BeanMethod(BeanFactory beanFactory, String beanName, Method method,
			HandlerMethodArgumentResolverComposite resolvers) {
		super(new HandlerMethod(beanName, beanFactory, method));
		this.beanFactory = beanFactory;
		this.beanName = beanName;
		setMessageMethodArgumentResolvers(resolvers);
		// Spring's own log would write bodies.
		setLogger(new NoOpLog());
	}

	/**
	 * Find out how the method is called on a bean.
	 * @param bean the bean, perhaps a proxy
	 * @return the method to call
	 * @throws IllegalStateException if a proxy does not have the method
	 */
	Method invocableOn(Object bean) {
		Target known = this.target;
		if (known != null && known.type == bean.getClass()) {
			return known.method;
		}
		Method method = BridgeMethodResolver
			.findBridgedMethod(AopUtils.selectInvocableMethod(getMethod(), bean.getClass()));
		ReflectionUtils.makeAccessible(method);
		this.target = new Target(bean.getClass(), method);
		return method;
	}

	@Override
	protected @Nullable Object doInvoke(@Nullable Object... arguments) throws Exception {
		Object bean = this.beanFactory.getBean(this.beanName);
		try {
			return invocableOn(bean).invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			throw unwrap(ex);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(formatInvokeError(String.valueOf(ex.getMessage()), new Object[0]), ex);
		}
	}

	private static Exception unwrap(InvocationTargetException failure) {
		Throwable thrown = failure.getTargetException();
		if (thrown instanceof UndeclaredThrowableException undeclared && undeclared.getUndeclaredThrowable() != null) {
			thrown = undeclared.getUndeclaredThrowable();
		}
		if (thrown instanceof Error error) {
			throw error;
		}
		return (thrown instanceof Exception exception) ? exception : failure;
	}

	private record Target(Class<?> type, Method method) {

	}

}
