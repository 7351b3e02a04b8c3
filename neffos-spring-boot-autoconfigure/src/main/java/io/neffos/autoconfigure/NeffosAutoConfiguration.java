package io.neffos.autoconfigure;

import java.util.Objects;
import java.util.UUID;

import io.neffos.ConnIdGenerator;
import io.neffos.NeffosServer;
import io.neffos.autoconfigure.exchange.NeffosExchangeProperties;
import io.neffos.cluster.ClusterSettings;
import io.neffos.engine.EngineSettings;
import io.neffos.exchange.StackExchange;
import io.neffos.handler.AnnotatedNamespaces;
import io.neffos.observe.ClusterStats;
import io.neffos.observe.NeffosObserver;
import io.neffos.observe.Tracing;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.server.NeffosServerBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.web.socket.WebSocketHandler;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the server, of what it runs on,
 * and of how it stops.
 */
@AutoConfiguration(after = TaskExecutionAutoConfiguration.class,
		afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration",
				"io.neffos.autoconfigure.exchange.NeffosExchangeAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ WebSocketHandler.class, DispatcherServletPath.class, MessageConverter.class })
@ConditionalOnBooleanProperty(name = "neffos.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ NeffosProperties.class, NeffosExchangeProperties.class })
@Import({ ThreadsConfiguration.class, BodyCodecConfiguration.class, HandlerConfiguration.class })
final class NeffosAutoConfiguration {

	@Bean
	CheckedProperties neffosCheckedProperties(NeffosProperties properties) {
		return new CheckedProperties(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	EngineSettings neffosEngineSettings(CheckedProperties properties) {
		return properties.settings();
	}

	@Bean
	DeclaredNamespaces neffosDeclaredNamespaces(AnnotatedNamespaces annotated) {
		return new DeclaredNamespaces(annotated.create());
	}

	@Bean
	@ConditionalOnMissingBean
	ConnIdGenerator neffosConnIdGenerator() {
		return (handshake) -> UUID.randomUUID().toString();
	}

	@Bean
	@ConditionalOnMissingBean(NeffosServer.class)
	DefaultNeffosServer neffosServer(DeclaredNamespaces namespaces, EngineSettings settings, BodyCodecs codecs,
			ObjectProvider<NeffosObserver> observers, ObjectProvider<Tracing> tracing, NeffosThreads threads,
			CheckedProperties checked, NeffosProperties properties, ApplicationContext context,
			ObjectProvider<StackExchange> exchange, NeffosExchangeProperties cluster) {
		NeffosServerBuilder builder = DefaultNeffosServer.builder(namespaces.all())
			.settings(settings)
			.codec(codecs.all())
			.handlers(new HandlerExecutors(context, "neffos.executor").find(properties.executor()))
			.timer(threads.timer())
			.observer(NeffosObserver.all(observers.orderedStream().toList()))
			.tracing(tracing.getIfAvailable(() -> Tracing.NONE))
			.roomEvents(new ApplicationRoomEvents(context))
			.shutdownTimeout(checked.shutdownTimeout());
		exchange.ifAvailable((found) -> builder.exchange(found, clusterSettings(cluster, context.getEnvironment())));
		return builder.build();
	}

	private static ClusterSettings clusterSettings(NeffosExchangeProperties properties, Environment environment) {
		String name = properties.serverName();
		return new ClusterSettings(properties.prefix(), (name != null) ? name : ServerName.of(environment),
				properties.lease(), properties.digestInterval());
	}

	@Bean
	@ConditionalOnBean({ StackExchange.class, DefaultNeffosServer.class })
	@ConditionalOnMissingBean
	ClusterStats neffosClusterStats(DefaultNeffosServer server) {
		return Objects.requireNonNull(server.clusterStats(), "The server has an exchange");
	}

	@Bean
	ServerShutdown neffosServerShutdown(ApplicationContext context, NeffosServer server) {
		return new ServerShutdown(context, server);
	}

}
