package io.neffos.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.neffos.handler.AnnotatedNamespaces;
import io.neffos.handler.EventHandlerDecorator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.Validator;

/** What makes namespaces of beans, for the server and for clients. */
@Configuration(proxyBeanMethods = false)
class HandlerConfiguration {

	/** Spring MVC's own, which validates nothing where there is no Bean Validation. */
	private static final String MVC_VALIDATOR = "mvcValidator";

	@Bean
	AnnotatedNamespaces neffosAnnotatedNamespaces(ConfigurableListableBeanFactory beanFactory, BodyCodecs codecs,
			ObjectProvider<HandlerMethodArgumentResolver> resolvers, ObjectProvider<EventHandlerDecorator> decorators) {
		return new AnnotatedNamespaces(beanFactory, codecs.forArguments(), validator(beanFactory),
				resolvers.orderedStream().toList(), decorators.orderedStream().toList());
	}

	private static @Nullable Validator validator(ConfigurableListableBeanFactory beanFactory) {
		List<String> names = Arrays.stream(beanFactory.getBeanNamesForType(Validator.class))
			.filter((name) -> !name.equals(MVC_VALIDATOR))
			.toList();
		if (names.size() == 1) {
			return beanFactory.getBean(names.get(0), Validator.class);
		}
		return names.isEmpty() ? null : beanFactory.getBeanProvider(Validator.class).getIfUnique();
	}

}
