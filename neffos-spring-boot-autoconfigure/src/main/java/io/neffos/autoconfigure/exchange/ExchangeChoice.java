package io.neffos.autoconfigure.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.neffos.exchange.StackExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Whether the type that was chosen can be had, before anything else is built: a condition
 * that does not match would leave the server alone without a word.
 */
final class ExchangeChoice implements BeanFactoryPostProcessor {

	private static final String PROPERTY = "neffos.exchange.type";

	private static final String REDIS_FACTORY = "org.springframework.data.redis.connection.RedisConnectionFactory";

	private static final String REDIS_CLIENT = "io.lettuce.core.RedisClient";

	private static final String NATS_CLIENT = "io.nats.client.Connection";

	/** By name, because their libraries may not be there. */
	private static final Set<String> OURS = Set.of(ExchangeChoice.class.getPackageName() + ".NatsExchangeConfiguration",
			ExchangeChoice.class.getPackageName() + ".RedisExchangeConfiguration");

	private final Environment environment;

	ExchangeChoice(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		NeffosExchangeProperties.Type type = Binder.get(this.environment)
			.bind(PROPERTY, NeffosExchangeProperties.Type.class)
			.orElse(NeffosExchangeProperties.Type.MEMORY);
		if (type == NeffosExchangeProperties.Type.MEMORY) {
			return;
		}
		List<String> others = Stream.of(beans.getBeanNamesForType(StackExchange.class, true, false))
			.filter((name) -> !isOurs(beans, name))
			.toList();
		if (!others.isEmpty()) {
			throw new InvalidExchangeException(
					"There are two exchanges: the one of '%s=%s', and the bean%s '%s' of the application."
						.formatted(PROPERTY, nameOf(type), (others.size() > 1) ? "s" : "", String.join("', '", others)),
					"Set %s to memory, which leaves the choice to the bean, or remove the bean".formatted(PROPERTY));
		}
		if (type == NeffosExchangeProperties.Type.REDIS) {
			checkRedis(beans);
		}
		else {
			checkLibrary(beans, type, "io.nats:jnats", NATS_CLIENT);
		}
	}

	private static boolean isOurs(ConfigurableListableBeanFactory beans, String name) {
		return beans.containsBeanDefinition(name)
				&& beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
				&& definition.getFactoryMethodMetadata() != null
				&& OURS.contains(definition.getFactoryMethodMetadata().getDeclaringClassName());
	}

	private static void checkRedis(ConfigurableListableBeanFactory beans) {
		checkLibrary(beans, NeffosExchangeProperties.Type.REDIS,
				"org.springframework.boot:spring-boot-starter-data-redis", REDIS_FACTORY, REDIS_CLIENT);
		Class<?> factory = ClassUtils.resolveClassName(REDIS_FACTORY, beans.getBeanClassLoader());
		if (beans.getBeanNamesForType(factory, true, false).length == 0) {
			throw new InvalidExchangeException(
					"'%s=redis' needs a RedisConnectionFactory, and there is no bean of it.".formatted(PROPERTY),
					"Add the dependency 'org.springframework.boot:spring-boot-starter-data-redis', whose"
							+ " auto-configuration makes one from spring.data.redis.*; or declare a"
							+ " LettuceConnectionFactory; or set %s to memory".formatted(PROPERTY));
		}
	}

	private static void checkLibrary(ConfigurableListableBeanFactory beans, NeffosExchangeProperties.Type type,
			String dependency, String... classes) {
		ClassLoader loader = beans.getBeanClassLoader();
		if (!Stream.of(classes).allMatch((name) -> isPresent(name, loader))) {
			throw new InvalidExchangeException(
					"'%s=%s' needs a library that is not there.".formatted(PROPERTY, nameOf(type)),
					"Add the dependency '%s', or set %s to memory".formatted(dependency, PROPERTY));
		}
	}

	private static boolean isPresent(String name, @Nullable ClassLoader loader) {
		return ClassUtils.isPresent(name, loader);
	}

	private static String nameOf(NeffosExchangeProperties.Type type) {
		return type.name().toLowerCase(Locale.ROOT);
	}

}
