package io.neffos.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.NeffosServer;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.Message;
import io.neffos.RefusedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
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
class NeffosTogetherTests {

	private static final String ANN = "Basic YW5uOnNlY3JldA==";

	private static final String ADMIN = "Basic YWRtaW46c2VjcmV0";

	private final List<PortClient> clients = new ArrayList<>();

	@LocalServerPort
	private int port;

	@Autowired
	private NeffosServer server;

	@Autowired
	private MeterRegistry registry;

	@AfterEach
	void close() {
		this.clients.forEach(PortClient::close);
		Awaitility.await().until(() -> this.server.connectionCount() == 0 && this.server.roomCount("chat") == 0);
	}

	@Test
	void actuatorShowsWhoIsThere() throws Exception {
		join("lobby");
		PortClient both = join("lobby");
		both.ask("chat", "vip", "_OnRoomJoin", "");
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
		PortClient client = join("lobby");
		assertThat(client.ask("chat", "forbidden", "_OnRoomJoin", "")).contains(";1;0;no");
		assertThat(client.ask("chat", "", "open", "")).endsWith(";ann");
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
		client.close();
		Awaitility.await().until(() -> count("neffos.closed", "reason", "peer") == closedBefore + 1);
		assertThat(get("/actuator/metrics/neffos.joins", ANN)).contains("\"refused\"");
	}

	@Test
	void handlersRunAsTheUserOfTheConnection() throws Exception {
		PortClient client = connect();
		assertThat(client.ask("chat", "", "open", "")).endsWith(";ann");
		assertThat(client.ask("chat", "", "admins-only", "")).contains(";1;0;");
		PortClient admin = dial(ADMIN);
		assertThat(admin.ask("chat", "", "admins-only", "")).endsWith(";welcome");
	}

	private PortClient join(String room) throws Exception {
		PortClient client = connect();
		assertThat(client.ask("chat", room, "_OnRoomJoin", "")).isEqualTo("$1;;;;;;");
		return client;
	}

	private PortClient connect() throws Exception {
		return dial(ANN);
	}

	private PortClient dial(String authorization) throws Exception {
		PortClient client = PortClient.dial(this.port,
				"/neffos?X-Websocket-Header-Authorization=" + authorization.replace(" ", "%20"), "chat");
		this.clients.add(client);
		return client;
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
