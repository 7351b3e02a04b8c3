package io.neffos.autoconfigure.security;

import io.neffos.handler.EventHandlerDecorator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;

import io.neffos.NeffosServer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that runs handlers as the user of
 * their connection.
 */
@AutoConfiguration(afterName = "io.neffos.autoconfigure.NeffosAutoConfiguration")
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnBean(NeffosServer.class)
final class NeffosSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "neffosSecurityContextDecorator")
	@Order(Ordered.HIGHEST_PRECEDENCE)
	EventHandlerDecorator neffosSecurityContextDecorator() {
		return new SecurityContextDecorator();
	}

}
