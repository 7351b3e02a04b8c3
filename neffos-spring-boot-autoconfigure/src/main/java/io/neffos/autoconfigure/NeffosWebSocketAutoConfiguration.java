package io.neffos.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.neffos.ConnIdGenerator;
import io.neffos.NeffosServer;
import io.neffos.engine.EngineSettings;
import io.neffos.nio.IoLoops;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.websocket.HeaderParametersFilter;
import io.neffos.websocket.Heartbeat;
import io.neffos.websocket.NeffosEndpoint;
import io.neffos.websocket.NeffosHandshakeHandler;
import io.neffos.websocket.NeffosWebSocketHandler;
import io.neffos.websocket.StreamUpgradeStrategy;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what a server shows on HTTP: its
 * endpoint and the browser client.
 */
@AutoConfiguration(after = { NeffosAutoConfiguration.class, WebMvcAutoConfiguration.class },
		afterName = "org.springframework.boot.websocket.autoconfigure.servlet.WebSocketMessagingAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ CheckedProperties.class, NeffosServer.class })
final class NeffosWebSocketAutoConfiguration {

	private static final String HANDLER_MAPPING = "neffosHandlerMapping";

	private static final String CLIENT = "io/neffos/client/client.mjs";

	/** After controllers, before static resources. */
	private static final int MAPPING_ORDER = 1;

	/** Before Spring Security, which may look at a header that a parameter stands for. */
	private static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	@Bean
	static LazyInitializationExcludeFilter eagerNeffosHandlerMapping() {
		return (name, definition, type) -> name.equals(HANDLER_MAPPING);
	}

	@Bean
	@ConditionalOnMissingBean(name = "neffosHandshakeHandler")
	HandshakeHandler neffosHandshakeHandler(CheckedProperties checked, NeffosProperties properties,
			EngineSettings settings, NeffosThreads threads, ServletContext servletContext) {
		if (!TransportChoice.upgrades(properties.transport(), servletContext)) {
			return new NeffosHandshakeHandler(checked.subprotocols());
		}
		IoLoops loops = threads.loops(checked.loops(), checked.streamSettings(settings));
		return new NeffosHandshakeHandler(new StreamUpgradeStrategy(loops, threads.io()), checked.subprotocols());
	}

	@Bean(HANDLER_MAPPING)
	HandlerMapping neffosHandlerMapping(NeffosServer server, ConnIdGenerator ids, NeffosThreads threads,
			@Qualifier("neffosHandshakeHandler") HandshakeHandler handshakeHandler, CheckedProperties checked,
			NeffosProperties properties) {
		Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();
		// A server of the application, or of a test, has its own way to connections.
		if (server instanceof DefaultNeffosServer ours) {
			NeffosWebSocketHandler handler = new NeffosWebSocketHandler(ours, ids, threads.io(),
					heartbeat(checked.heartbeat(), threads), checked.closeTimeout());
			handlers.put(checked.path(),
					new NeffosEndpoint(ours, handler, handshakeHandler, List.of(origins(properties))));
		}
		if (properties.browserClient().enabled()) {
			handlers.put(checked.path() + "/client.mjs", new ClientScriptHandler(new ClassPathResource(CLIENT)));
		}
		WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
		mapping.setUrlMap(handlers);
		mapping.setOrder(MAPPING_ORDER);
		return mapping;
	}

	@Bean
	FilterRegistrationBean<HeaderParametersFilter> neffosHeaderParametersFilter(CheckedProperties properties,
			DispatcherServletPath dispatcherServlet) {
		FilterRegistrationBean<HeaderParametersFilter> registration = new FilterRegistrationBean<>(
				new HeaderParametersFilter(properties.headerParameters()));
		registration.addUrlPatterns(dispatcherServlet.getRelativePath(properties.path()));
		registration.setOrder(FILTER_ORDER);
		return registration;
	}

	private static Heartbeat heartbeat(Duration period, NeffosThreads threads) {
		Heartbeat heartbeat = new Heartbeat(period);
		long interval = heartbeat.interval().toNanos();
		if (interval > 0) {
			threads.timer().scheduleWithFixedDelay(heartbeat, interval, interval, TimeUnit.NANOSECONDS);
		}
		return heartbeat;
	}

	private static OriginHandshakeInterceptor origins(NeffosProperties properties) {
		OriginHandshakeInterceptor interceptor = new OriginHandshakeInterceptor();
		interceptor.setAllowedOrigins(properties.allowedOrigins());
		interceptor.setAllowedOriginPatterns(properties.allowedOriginPatterns());
		return interceptor;
	}

}
