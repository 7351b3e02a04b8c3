package io.neffos.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.NeffosServer;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.Message;
import io.neffos.RefusedException;
import io.neffos.test.AutoConfigureNeffosTester;
import io.neffos.test.NeffosTester;
import io.neffos.test.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/** An application as users have it, with everything that can be there. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=neffos,metrics",
				"management.endpoint.neffos.show-members=when-authorized", "management.endpoint.neffos.roles=ADMIN",
				"neffos.handshake.header-parameters=Authorization" })
@AutoConfigureNeffosTester
class NeffosTogetherTests {

	private static final String ANN = "Basic YW5uOnNlY3JldA==";

	private static final String ADMIN = "Basic YWRtaW46c2VjcmV0";

	@LocalServerPort
	private int port;

	@Autowired
	private NeffosTester tester;

	@Autowired
	private NeffosServer server;

	@Autowired
	private MeterRegistry registry;

	@BeforeEach
	void nobodyIsLeftOfTheTestBefore() {
		assertThat(this.server.connectionCount()).isZero();
		assertThat(this.server.roomCount("chat")).isZero();
	}

	@Test
	void actuatorShowsWhoIsThere() throws Exception {
		connect().join("lobby");
		connect().join("lobby").namespace().join("vip");
		connect();
		assertThat(get("/actuator/neffos", ANN)).isEqualTo("{\"connections\":3,\"namespaces\":{\"chat\":"
				+ "{\"connections\":3,\"rooms\":{\"lobby\":2,\"vip\":1}}}}");
		assertThat(get("/actuator/neffos/chat", ANN))
			.isEqualTo("{\"connections\":3,\"rooms\":{\"lobby\":2,\"vip\":1}}");
		assertThat(get("/actuator/neffos/chat/lobby", ANN)).isEqualTo("{\"size\":2}");
		assertThat(get("/actuator/neffos/chat/lobby", ADMIN)).startsWith("{\"size\":2,\"members\":[\"");
	}

	@Test
	void metricsTellWhatHappened() throws Exception {
		double joinsBefore = count("neffos.joins", "namespace", "chat", "outcome", "joined");
		double refusedBefore = count("neffos.joins", "namespace", "chat", "outcome", "refused");
		double closedBefore = count("neffos.closed", "reason", "peer");
		TestNamespace client = connect();
		client.join("lobby");
		client.expectRefusedJoin("forbidden", "no");
		client.ask("open", null).expect("ann");
		assertThat(gauge("neffos.connections")).isEqualTo(1);
		assertThat(gauge("neffos.namespace.connections", "namespace", "chat")).isEqualTo(1);
		assertThat(gauge("neffos.rooms", "namespace", "chat")).isEqualTo(1);
		Awaitility.await().until(() -> gauge("neffos.room.memberships", "namespace", "chat") == 1);
		Awaitility.await().until(() -> gauge("neffos.room.size", "namespace", "chat", "bucket", "1") == 1);
		assertThat(count("neffos.joins", "namespace", "chat", "outcome", "joined")).isEqualTo(joinsBefore + 1);
		assertThat(count("neffos.joins", "namespace", "chat", "outcome", "refused")).isEqualTo(refusedBefore + 1);
		assertThat(count("neffos.messages.received", "namespace", "chat")).isGreaterThan(0);
		Awaitility.await()
			.until(() -> this.registry.get("neffos.handler")
				.tags("namespace", "chat", "event", "open", "outcome", "success")
				.timer()
				.count() > 0);
		client.conn().close();
		Awaitility.await().until(() -> count("neffos.closed", "reason", "peer") == closedBefore + 1);
		assertThat(get("/actuator/metrics/neffos.joins", ANN)).contains("\"refused\"");
	}

	@Test
	void handlersRunAsTheUserOfTheConnection() {
		TestNamespace client = connect();
		client.ask("open", null).expect("ann");
		assertThat(client.ask("admins-only", null).refusal()).isNotEmpty();
		dial(ADMIN).ask("admins-only", null).expect("welcome");
	}

	private TestNamespace connect() {
		return dial(ANN);
	}

	private TestNamespace dial(String authorization) {
		return this.tester.parameter("X-Websocket-Header-Authorization", authorization).connect("chat");
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter().count();
	}

	private String get(String path, String authorization) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", authorization)
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableMethodSecurity
	static class Application {

		@Bean
		Chat chat() {
			return new Chat();
		}

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("ann").password("{noop}secret").roles("USER").build(),
					User.withUsername("admin").password("{noop}secret").roles("ADMIN").build());
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic((basic) -> {
				})
				.build();
		}

	}

	@NeffosNamespace("chat")
	static class Chat {

		@OnRoomJoin
		void join(Message message) {
			if (message.room().equals("forbidden")) {
				throw new RefusedException("no");
			}
		}

		@OnEvent("open")
		String open() {
			return org.springframework.security.core.context.SecurityContextHolder.getContext()
				.getAuthentication()
				.getName();
		}

		@OnEvent("admins-only")
		@PreAuthorize("hasRole('ADMIN')")
		String adminsOnly() {
			return "welcome";
		}

	}

}
