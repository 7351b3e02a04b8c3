package io.neffos.websocket;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.Conn;
import io.neffos.ConnIdGenerator;
import io.neffos.Events;
import io.neffos.Namespaces;
import io.neffos.engine.EngineSettings;
import io.neffos.observe.NeffosObserver;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

/** A server in a container on a free port, wired by hand. */
public final class RealServer implements AutoCloseable {

	public static final String PATH = "/neffos";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final AtomicInteger ids = new AtomicInteger();

	private final Queue<String> ends = new ConcurrentLinkedQueue<>();

	private final DefaultNeffosServer server;

	private final AnnotationConfigServletWebServerApplicationContext context = new AnnotationConfigServletWebServerApplicationContext();

	RealServer(Class<?> container, EngineSettings settings, HandshakeHandler handshakeHandler) {
		this(container, settings, handshakeHandler, null);
	}

	RealServer(Class<?> container, EngineSettings settings, HandshakeHandler handshakeHandler,
			@Nullable ConnIdGenerator generator) {
		this(container, settings, handshakeHandler, generator,
				Namespaces.builder().namespace("chat", RealServer::chat).build());
	}

	RealServer(Class<?> container, EngineSettings settings, HandshakeHandler handshakeHandler,
			@Nullable ConnIdGenerator generator, Namespaces namespaces) {
		this.timer.setRemoveOnCancelPolicy(true);
		this.server = DefaultNeffosServer.builder(namespaces)
			.settings(settings)
			.handlers(this.threads)
			.timer(this.timer)
			.observer(new NeffosObserver() {

				@Override
				public void closed(Conn conn, CloseReason reason, CloseCause cause) {
					RealServer.this.ends.add(conn.id() + " " + cause + " " + reason.code());
				}

			})
			.build();
		ConnIdGenerator chosen = (generator != null) ? generator : (info) -> "c" + this.ids.incrementAndGet();
		NeffosWebSocketHandler handler = new NeffosWebSocketHandler(this.server, chosen, this.threads);
		NeffosEndpoint endpoint = new NeffosEndpoint(this.server, handler, handshakeHandler,
				List.of(new OriginHandshakeInterceptor()));
		TestPropertyValues.of("server.port=0").applyTo(this.context);
		this.context.register(container, DispatcherServletAutoConfiguration.class);
		this.context.registerBean(WebSocketHandlerMapping.class, () -> {
			WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
			mapping.setUrlMap(Map.of(PATH, endpoint));
			mapping.setOrder(1);
			return mapping;
		});
		this.context.registerBean(HeaderParametersFilter.class,
				() -> new HeaderParametersFilter(List.of("X-Websocket-Reconnect", "X-Tenant")));
		this.context.refresh();
	}

	/** A server in Tomcat. */
	public static RealServer onTomcat(EngineSettings settings, List<String> subprotocols) {
		return new RealServer(TomcatServletWebServerAutoConfiguration.class, settings,
				new NeffosHandshakeHandler(subprotocols));
	}

	private static void chat(Events.Builder events) {
		events.onAsk("echo", (ns, msg) -> msg.body())
			.onAsk("reconnects", (ns, msg) -> String.valueOf(ns.conn().reconnectTries()))
			.onAsk("header", (ns, msg) -> ns.conn().handshake().header(msg.text()) + "")
			.onAsk("headers",
					(ns, msg) -> String.join(",", ns.conn().handshake().headers().getOrDefault(msg.text(), List.of())));
	}

	public DefaultNeffosServer server() {
		return this.server;
	}

	/** How many timeouts wait. */
	int timers() {
		return this.timer.getQueue().size();
	}

	public int port() {
		return this.context.getWebServer().getPort();
	}

	/** Id, cause and code of every connection that has ended. */
	public Queue<String> ends() {
		return this.ends;
	}

	@Override
	public void close() {
		this.server.close();
		this.context.close();
		this.threads.shutdownNow();
		this.timer.shutdownNow();
	}

}
