package io.neffos.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.util.ClassUtils;

import io.neffos.annotation.NeffosNamespace;

/**
 * Finds the beans that declare namespaces, by their types alone: none is made.
 */
final class HandlerBeans {

	private static final Log logger = LogFactory.getLog(HandlerBeans.class);

	private static final List<String> LIBRARIES = List.of("java.", "javax.", "jakarta.", "org.springframework.");

	private final ConfigurableListableBeanFactory beanFactory;

	HandlerBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Find the beans.
	 * @return the beans, those with {@code @Order} by it and before others
	 * @throws InvalidHandlerException if a bean has handlers but no namespace
	 */
	List<HandlerBean> find() {
		List<HandlerBean> found = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : userType(name);
			if (type == null || LIBRARIES.stream().anyMatch(type.getName()::startsWith)) {
				continue;
			}
			NeffosNamespace declaration = declarationOf(type);
			if (declaration != null) {
				found.add(new HandlerBean(name, type, declaration));
			}
			else {
				rejectHandlers(name, type);
			}
		}
		found.sort(Comparator.comparingInt((bean) -> OrderUtils.getOrder(bean.type(), Ordered.LOWEST_PRECEDENCE)));
		return found;
	}

	/**
	 * Make sure that no bean turned out to be something that its declared type did not
	 * tell, once there are beans.
	 * @param known the beans that were found by type
	 * @throws InvalidHandlerException if there is one
	 */
	void rejectHidden(List<HandlerBean> known) {
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = this.beanFactory.getSingleton(name);
			if (bean == null || ScopedProxyUtils.isScopedTarget(name)
					|| known.stream().anyMatch((candidate) -> candidate.name().equals(name))) {
				continue;
			}
			Class<?> type = AopUtils.getTargetClass(bean);
			if (declarationOf(type) != null) {
				throw new InvalidHandlerException(
						"Bean '%s' is a %s with @NeffosNamespace, but is declared with another type".formatted(name,
								type.getName()),
						"Let its @Bean method return " + type.getSimpleName() + ".");
			}
		}
	}

	private static @Nullable NeffosNamespace declarationOf(Class<?> type) {
		return AnnotatedElementUtils.findMergedAnnotation(type, NeffosNamespace.class);
	}

	private @Nullable Class<?> userType(String name) {
		Class<?> type = targetType(name);
		if (type != null && ScopedObject.class.isAssignableFrom(type)) {
			type = targetType(ScopedProxyUtils.getTargetBeanName(name));
		}
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	/**
	 * Asks without making factory beans, unlike
	 * {@link AutoProxyUtils#determineTargetClass}.
	 */
	private @Nullable Class<?> targetType(String name) {
		if (this.beanFactory.containsBeanDefinition(name)) {
			Object original = this.beanFactory.getMergedBeanDefinition(name)
				.getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE);
			if (original instanceof Class<?> type) {
				return type;
			}
		}
		return this.beanFactory.getType(name, false);
	}

	private static void rejectHandlers(String name, Class<?> type) {
		List<Method> methods;
		try {
			methods = HandlerDetector.candidates(type);
		}
		catch (RuntimeException | LinkageError ex) {
			// A class of somebody else with a missing optional dependency.
			if (logger.isDebugEnabled()) {
				logger.debug("Cannot look for handlers in bean '" + name + "'", ex);
			}
			return;
		}
		if (!methods.isEmpty()) {
			throw new InvalidHandlerException(
					"%s of bean '%s' is a handler, but its class has no @NeffosNamespace"
						.formatted(DeclaredHandler.describe(type, methods.get(0)), name),
					"Add @NeffosNamespace with the name of the namespace to " + type.getSimpleName() + ".");
		}
	}

}
