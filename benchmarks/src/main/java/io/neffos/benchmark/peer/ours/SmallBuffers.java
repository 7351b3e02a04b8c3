package io.neffos.benchmark.peer.ours;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * What an application with very many idle connections sets, and Spring Boot has no
 * property for.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("benchmark.socket-buffer")
class SmallBuffers {

	@Bean
	TomcatConnectorCustomizer socketBuffers(Environment environment) {
		String bytes = environment.getRequiredProperty("benchmark.socket-buffer");
		return (connector) -> {
			connector.setProperty("socket.appReadBufSize", bytes);
			connector.setProperty("socket.appWriteBufSize", bytes);
		};
	}

}
