package io.neffos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.autoconfigure.Timers;
import org.apache.coyote.AbstractProtocol;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/** An application on Tomcat, as somebody would write it, which is put under load. */
public final class LoadServer implements AutoCloseable {

	private final Ledger ledger = new Ledger();

	private final String transport;

	private final ConfigurableApplicationContext context;

	/**
	 * Start on a free port.
	 * @param transport the value of {@code neffos.transport}
	 */
	public LoadServer(String transport, Namespaces namespaces, String... properties) {
		this.transport = transport;
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("server.port=0", "neffos.transport=" + transport, "logging.level.root=warn",
				"spring.main.banner-mode=off", "spring.security.user.password=unused"));
		this.context = new SpringApplicationBuilder(Application.class)
			.initializers((starting) -> ((GenericApplicationContext) starting).registerBean(Namespaces.class,
					() -> namespaces))
			.initializers(
					(starting) -> ((GenericApplicationContext) starting).registerBean(Ledger.class, () -> this.ledger))
			.properties(all.toArray(new String[0]))
			.run();
	}

	public NeffosServer server() {
		return this.context.getBean(NeffosServer.class);
	}

	/** What the server has told its observer. */
	public Ledger ledger() {
		return this.ledger;
	}

	public int port() {
		return webServer().getPort();
	}

	/** How many sockets the container holds. It counts the next one in advance. */
	public long sockets() {
		return ((AbstractProtocol<?>) webServer().getTomcat().getConnector().getProtocolHandler()).getConnectionCount()
				- 1;
	}

	/** How many timeouts wait. */
	public int timers() {
		return Timers.waiting(this.context);
	}

	/** Nobody is here any more, as far as anybody can see. */
	public void expectNobody() {
		NeffosServer server = server();
		assertThat(server.connectionCount()).as("connections").isZero();
		assertThat(server.connections()).isEmpty();
		for (String namespace : server.namespaces()) {
			assertThat(server.connectionCount(namespace)).as("connections of " + namespace).isZero();
			assertThat(server.connections(namespace)).isEmpty();
			assertThat(server.rooms(namespace)).as("rooms of " + namespace).isEmpty();
			assertThat(server.roomCount(namespace)).isZero();
		}
		assertThat(timers()).as("timeouts that wait").isZero();
	}

	private TomcatWebServer webServer() {
		return (TomcatWebServer) Objects
			.requireNonNull(((ServletWebServerApplicationContext) this.context).getWebServer());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Override
	public String toString() {
		return this.transport;
	}

	/** Everybody may come in, and the kernel keeps little for who does not read. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		/** Without, the kernel would take megabytes before a stall or a flood shows. */
		private static final String BUFFER = "65536";

		@Bean
		SecurityFilterChain everybodyMayComeIn(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffers() {
			return (factory) -> factory.addConnectorCustomizers((connector) -> {
				connector.setProperty("socket.txBufSize", BUFFER);
				connector.setProperty("socket.rxBufSize", BUFFER);
			});
		}

	}

}
