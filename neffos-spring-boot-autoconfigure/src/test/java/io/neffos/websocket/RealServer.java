package io.neffos.websocket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.neffos.Conn;
import io.neffos.ConnIdGenerator;
import io.neffos.Events;
import io.neffos.Namespaces;
import io.neffos.engine.EngineSettings;
import io.neffos.nio.IoLoops;
import io.neffos.nio.StreamSettings;
import io.neffos.observe.NeffosObserver;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.testkit.TestServer;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

/** A server in a container on a free port, wired by hand. */
public final class RealServer implements AutoCloseable {

	public static final String PATH = "/neffos";

	private static final int LOOPS = 2;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final AtomicInteger ids = new AtomicInteger();

	private final Queue<String> ends = new ConcurrentLinkedQueue<>();

	private final IoLoops loops;

	private final DefaultNeffosServer server;

	private final AnnotationConfigServletWebServerApplicationContext context = new AnnotationConfigServletWebServerApplicationContext();

	private final @Nullable TestTls tls;

	private RealServer(Setup setup) {
		this.tls = setup.tls;
		this.timer.setRemoveOnCancelPolicy(true);
		this.loops = new IoLoops(LOOPS, setup.streams);
		this.server = DefaultNeffosServer.builder(setup.namespaces)
			.settings(setup.settings)
			.handlers(this.threads)
			.timer(this.timer)
			.observer(new NeffosObserver() {

				@Override
				public void closed(Conn conn, CloseReason reason, CloseCause cause) {
					RealServer.this.ends.add(conn.id() + " " + cause + " " + reason.code());
				}

			})
			.build();
		NeffosHandshakeHandler handshakes;
		if (setup.transport == Transport.UPGRADE) {
			this.loops.all().forEach(this.threads::execute);
			handshakes = new NeffosHandshakeHandler(new StreamUpgradeStrategy(this.loops, this.threads),
					setup.subprotocols);
		}
		else {
			handshakes = new NeffosHandshakeHandler(setup.subprotocols);
		}
		ConnIdGenerator chosen = (setup.generator != null) ? setup.generator
				: (info) -> "c" + this.ids.incrementAndGet();
		Heartbeat heartbeat = new Heartbeat(setup.streams.heartbeat());
		if (!setup.streams.heartbeat().isZero()) {
			long interval = heartbeat.interval().toMillis();
			this.timer.scheduleWithFixedDelay(heartbeat, interval, interval, TimeUnit.MILLISECONDS);
		}
		NeffosWebSocketHandler handler = new NeffosWebSocketHandler(this.server, chosen, this.threads, heartbeat,
				setup.streams.closeTimeout());
		NeffosEndpoint endpoint = new NeffosEndpoint(this.server, handler, setup.decorator.apply(handshakes),
				setup.interceptors);
		TestPropertyValues.of("server.port=0").and(setup.properties.toArray(String[]::new)).applyTo(this.context);
		this.context.register(setup.container, DispatcherServletAutoConfiguration.class);
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
		return tomcat(Transport.UPGRADE).settings(settings).subprotocols(subprotocols).start();
	}

	static Setup tomcat(Transport transport) {
		return new Setup(TomcatServletWebServerAutoConfiguration.class, transport);
	}

	static Setup in(Class<?> container) {
		return new Setup(container, Transport.UPGRADE);
	}

	static Setup jetty(Transport transport) {
		return new Setup(JettyContainer.class, transport);
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

	/** The container, as Spring Boot knows it. */
	WebServer container() {
		return Objects.requireNonNull(this.context.getWebServer());
	}

	public int port() {
		return this.context.getWebServer().getPort();
	}

	/** What a client needs to know to trust this server, if it is a secure one. */
	@Nullable TestTls tls() {
		return this.tls;
	}

	/** Id, cause and code of every connection that has ended. */
	public Queue<String> ends() {
		return this.ends;
	}

	@Override
	public void close() {
		this.server.close();
		this.context.close();
		this.loops.close();
		this.threads.shutdownNow();
		this.timer.shutdownNow();
	}

	/** Who speaks WebSocket. */
	enum Transport {

		STANDARD, UPGRADE

	}

	/** What a server is to be like. */
	static final class Setup {

		private final Class<?> container;

		private final Transport transport;

		private EngineSettings settings = TestServer.SETTINGS;

		private StreamSettings streams = streams(TestServer.SETTINGS);

		private List<String> subprotocols = List.of();

		private @Nullable ConnIdGenerator generator;

		private Namespaces namespaces = Namespaces.builder().namespace("chat", RealServer::chat).build();

		private UnaryOperator<HandshakeHandler> decorator = UnaryOperator.identity();

		private List<HandshakeInterceptor> interceptors = List.of(new OriginHandshakeInterceptor());

		private List<String> properties = List.of();

		private @Nullable TestTls tls;

		private Setup(Class<?> container, Transport transport) {
			this.container = container;
			this.transport = transport;
		}

		/** What sockets of our own have by default. */
		static StreamSettings streams(EngineSettings settings) {
			return new StreamSettings(settings.maxFrameSize(), settings.sendTimeout(), Duration.ofSeconds(30),
					Duration.ofSeconds(5), Duration.ZERO);
		}

		Setup settings(EngineSettings settings) {
			this.settings = settings;
			return streams(streams(settings).receiveTimeout(), streams(settings).closeTimeout(), Duration.ZERO);
		}

		Setup streams(Duration receiveTimeout, Duration closeTimeout, Duration heartbeat) {
			this.streams = new StreamSettings(this.settings.maxFrameSize(), this.settings.sendTimeout(), receiveTimeout,
					closeTimeout, heartbeat);
			return this;
		}

		Setup subprotocols(List<String> subprotocols) {
			this.subprotocols = subprotocols;
			return this;
		}

		Setup ids(ConnIdGenerator generator) {
			this.generator = generator;
			return this;
		}

		Setup namespaces(Namespaces namespaces) {
			this.namespaces = namespaces;
			return this;
		}

		Setup decorated(UnaryOperator<HandshakeHandler> decorator) {
			this.decorator = decorator;
			return this;
		}

		Setup interceptors(HandshakeInterceptor... interceptors) {
			this.interceptors = List.of(interceptors);
			return this;
		}

		Setup properties(String... properties) {
			this.properties = List.of(properties);
			return this;
		}

		Setup secure(TestTls tls) {
			this.tls = tls;
			this.properties = tls.properties();
			return this;
		}

		RealServer start() {
			return new RealServer(this);
		}

	}

}
