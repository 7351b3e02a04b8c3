package io.neffos.autoconfigure.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.RoomMember;
import io.neffos.Scope;
import io.neffos.ServerInfo;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** Tests for {@link NeffosManagementEndpoint}, on a real port. */
class NeffosManagementEndpointTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final NeffosServer server = mock(NeffosServer.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner(
			AnnotationConfigServletWebServerApplicationContext::new)
		.withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class,
				DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class, EndpointAutoConfiguration.class,
				JacksonEndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
				ManagementContextAutoConfiguration.class, ServletManagementContextAutoConfiguration.class,
				NeffosEndpointAutoConfiguration.class))
		.withBean(NeffosServer.class, () -> this.server, (definition) -> definition.setDestroyMethodName(""))
		.withPropertyValues("server.port=0", "management.endpoints.web.exposure.include=neffos");

	@BeforeEach
	void chat() {
		given(this.server.connectionCount(Scope.LOCAL)).willReturn(3);
		given(this.server.namespaces()).willReturn(Set.of("chat"));
		given(this.server.connectionCount("chat", Scope.LOCAL)).willReturn(3);
		List<RoomInfo> rooms = List.of(room("vip", "b"), room("lobby", "b", "a"));
		given(this.server.rooms("chat", Scope.LOCAL)).willReturn(rooms);
	}

	@Test
	void showsTheServer() {
		this.runner.run((context) -> assertThat(get(context, "/actuator/neffos").body())
			.isEqualTo("{\"connections\":3,\"namespaces\":{\"chat\":{\"connections\":3,\"rooms\":"
					+ "{\"lobby\":2,\"vip\":1}}}}"));
	}

	@Test
	void showsANamespace() {
		this.runner.run((context) -> assertThat(get(context, "/actuator/neffos/chat").body())
			.isEqualTo("{\"connections\":3,\"rooms\":{\"lobby\":2,\"vip\":1}}"));
	}

	@Test
	void showsARoomWithoutMembers() {
		this.runner
			.run((context) -> assertThat(get(context, "/actuator/neffos/chat/lobby").body()).isEqualTo("{\"size\":2}"));
	}

	@Test
	void showsMembersWhenAllowed() {
		this.runner.withPropertyValues("management.endpoint.neffos.show-members=always")
			.run((context) -> assertThat(get(context, "/actuator/neffos/chat/lobby").body())
				.isEqualTo("{\"size\":2,\"members\":[\"a\",\"b\"]}"));
	}

	@Test
	void showsTheCluster() {
		cluster();
		this.runner.run((context) -> {
			assertThat(get(context, "/actuator/neffos?scope=cluster").body())
				.isEqualTo("{\"connections\":12,\"namespaces\":{\"chat\":{\"connections\":11,\"rooms\":"
						+ "{\"far\":7,\"lobby\":5}}},\"servers\":["
						+ "{\"id\":\"n1\",\"name\":\"one\",\"ageMillis\":0,\"connections\":3,\"self\":true},"
						+ "{\"id\":\"n2\",\"name\":\"two\",\"ageMillis\":1500,\"connections\":9,\"self\":false}]}");
			assertThat(get(context, "/actuator/neffos/chat?scope=cluster").body())
				.isEqualTo("{\"connections\":11,\"rooms\":{\"far\":7,\"lobby\":5}}");
			assertThat(get(context, "/actuator/neffos/chat?scope=cluster&size=1&page=1").body())
				.isEqualTo("{\"connections\":11,\"rooms\":{\"lobby\":5},\"roomsTotal\":2,\"page\":1}");
			assertThat(get(context, "/actuator/neffos/chat/far?scope=cluster").body()).isEqualTo("{\"size\":7}");
			assertThat(get(context, "/actuator/neffos/chat/far").statusCode()).isEqualTo(404);
		});
	}

	@Test
	void showsThisServerUnlessAskedForTheCluster() {
		cluster();
		this.runner.run((context) -> {
			String plain = get(context, "/actuator/neffos").body();
			assertThat(plain).startsWith("{\"connections\":3,").doesNotContain("servers");
			assertThat(get(context, "/actuator/neffos?scope=local").body()).isEqualTo(plain);
		});
	}

	@Test
	void showsMembersOfTheClusterWhenAllowed() {
		RoomInfo far = cluster();
		given(far.allMembers()).willReturn(List.of(new RoomMember("z", "n2"), new RoomMember("b", "n1")));
		this.runner.withPropertyValues("management.endpoint.neffos.show-members=always")
			.run((context) -> assertThat(get(context, "/actuator/neffos/chat/far?scope=cluster").body())
				.isEqualTo("{\"size\":2,\"members\":[\"b\",\"z\"]}"));
	}

	@Test
	void showsTheSizeWhereAServerDoesNotTellItsMembers() {
		RoomInfo far = cluster();
		given(far.allMembers()).willThrow(new AskTimeoutException("no answer"));
		this.runner.withPropertyValues("management.endpoint.neffos.show-members=always")
			.run((context) -> assertThat(get(context, "/actuator/neffos/chat/far?scope=cluster").body())
				.isEqualTo("{\"size\":7}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/neffos", "/actuator/neffos/chat", "/actuator/neffos/chat/lobby" })
	void refusesScopesThatThereAreNot(String path) {
		this.runner.run((context) -> {
			assertThat(get(context, path + "?scope=world").statusCode()).isEqualTo(400);
			assertThat(get(context, path + "?scope=").statusCode()).isEqualTo(400);
			assertThat(get(context, path + "?scope=local").statusCode()).isEqualTo(200);
		});
	}

	@Test
	void tellsWhichScopesThereAre() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> ScopeParameter.read("world"))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo("Parameter 'scope' must be local or cluster"));
	}

	private RoomInfo cluster() {
		given(this.server.connectionCount(Scope.CLUSTER)).willReturn(12);
		given(this.server.connectionCount("chat", Scope.CLUSTER)).willReturn(11);
		given(this.server.servers()).willReturn(List.of(new ServerInfo("n1", "one", Duration.ZERO, 3, true),
				new ServerInfo("n2", "two", Duration.ofMillis(1500), 9, false)));
		RoomInfo far = clusterRoom("far", 7);
		List<RoomInfo> rooms = List.of(clusterRoom("lobby", 5), far);
		given(this.server.rooms("chat", Scope.CLUSTER)).willReturn(rooms);
		return far;
	}

	private RoomInfo clusterRoom(String name, int size) {
		RoomInfo room = mock(RoomInfo.class);
		given(room.name()).willReturn(name);
		given(room.size()).willReturn(size);
		given(this.server.room("chat", name, Scope.CLUSTER)).willReturn(room);
		return room;
	}

	@Test
	void showsMembersToTheAuthorized() {
		this.runner.withBean(Login.class)
			.withPropertyValues("management.endpoint.neffos.show-members=when-authorized",
					"management.endpoint.neffos.roles=admin")
			.run((context) -> {
				assertThat(get(context, "/actuator/neffos/chat/lobby").body()).isEqualTo("{\"size\":2}");
				assertThat(get(context, "/actuator/neffos/chat/lobby?login=guest").body()).isEqualTo("{\"size\":2}");
				assertThat(get(context, "/actuator/neffos/chat/lobby?login=admin").body()).contains("members");
			});
	}

	@Test
	void showsMembersToTheAuthenticatedWhereThereAreNoRoles() {
		this.runner.withBean(Login.class)
			.withPropertyValues("management.endpoint.neffos.show-members=when-authorized")
			.run((context) -> {
				assertThat(get(context, "/actuator/neffos/chat/lobby").body()).isEqualTo("{\"size\":2}");
				assertThat(get(context, "/actuator/neffos/chat/lobby?login=guest").body()).contains("members");
			});
	}

	@Test
	void asksTheServerOnlyForNamespacesThatAreDeclared() {
		given(this.server.room("nope", "lobby", Scope.LOCAL)).willThrow(new BadNamespaceException("not declared"));
		this.runner
			.run((context) -> assertThat(get(context, "/actuator/neffos/nope/lobby").statusCode()).isEqualTo(404));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/neffos/nope", "/actuator/neffos/nope/lobby", "/actuator/neffos/chat/nope" })
	void tellsWhatIsNotThere(String path) {
		this.runner.run((context) -> assertThat(get(context, path).statusCode()).isEqualTo(404));
	}

	@Test
	void pagesRoomsPastALimit() {
		List<RoomInfo> rooms = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			rooms.add(room("r" + i, "a", "b"));
		}
		rooms.add(room("big", "a", "b", "c"));
		rooms.add(room("small", "a"));
		rooms.add(room("dead"));
		given(this.server.rooms("chat", Scope.LOCAL)).willReturn(rooms);
		this.runner.withPropertyValues("management.endpoint.neffos.max-rooms=3").run((context) -> {
			assertThat(get(context, "/actuator/neffos").body())
				.isEqualTo("{\"connections\":3,\"namespaces\":{\"chat\":{\"connections\":3,\"rooms\":"
						+ "{\"big\":3,\"r0\":2,\"r1\":2},\"roomsTotal\":7,\"page\":0}}}");
			assertThat(get(context, "/actuator/neffos/chat?page=1").body())
				.isEqualTo("{\"connections\":3,\"rooms\":{\"r2\":2,\"r3\":2,\"r4\":2},\"roomsTotal\":7,\"page\":1}");
			assertThat(get(context, "/actuator/neffos/chat?page=2&size=100").body())
				.isEqualTo("{\"connections\":3,\"rooms\":{\"small\":1},\"roomsTotal\":7,\"page\":2}");
			assertThat(get(context, "/actuator/neffos/chat?page=9").body())
				.isEqualTo("{\"connections\":3,\"rooms\":{},\"roomsTotal\":7,\"page\":9}");
			assertThat(get(context, "/actuator/neffos/chat?size=1").body())
				.isEqualTo("{\"connections\":3,\"rooms\":{\"big\":3},\"roomsTotal\":7,\"page\":0}");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "page=-1", "size=0", "page=x", "size=99999999999" })
	void refusesParametersThatMakeNoSense(String query) {
		this.runner.run((context) -> {
			assertThat(get(context, "/actuator/neffos?" + query).statusCode()).isEqualTo(400);
			assertThat(get(context, "/actuator/neffos/chat?" + query).statusCode()).isEqualTo(400);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b/c", "100% sure?", "caffè ☕", "semi;colon", "a+b", "[x]" })
	void findsRoomsOfAnyName(String name) {
		RoomInfo odd = room(name, "a");
		given(this.server.room("chat", name, Scope.LOCAL)).willReturn(odd);
		this.runner.run((context) -> {
			String path = new URI(null, null, "/actuator/neffos/chat/" + name, null).toASCIIString();
			assertThat(get(context, path.replace(";", "%3B").replace("+", "%2B")).body()).isEqualTo("{\"size\":1}");
		});
	}

	@Test
	void isNotThereUnlessExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health").run((context) -> {
			assertThat(context).doesNotHaveBean(NeffosManagementEndpoint.class);
			assertThat(get(context, "/actuator/neffos").statusCode()).isEqualTo(404);
		});
	}

	@Test
	void isNotThereWithoutAccess() {
		this.runner.withPropertyValues("management.endpoint.neffos.access=NONE").run((context) -> {
			assertThat(context).doesNotHaveBean(NeffosManagementEndpoint.class);
			assertThat(get(context, "/actuator/neffos").statusCode()).isEqualTo(404);
		});
	}

	@Test
	void readsOnly() {
		this.runner.withPropertyValues("management.endpoint.neffos.access=READ_ONLY")
			.run((context) -> assertThat(get(context, "/actuator/neffos").statusCode()).isEqualTo(200));
	}

	@Test
	void refusesALimitThatMakesNoSense() {
		this.runner.withPropertyValues("management.endpoint.neffos.max-rooms=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("management.endpoint.neffos.max-rooms"));
	}

	@Test
	void backsOff() {
		this.runner
			.withBean("mine", NeffosManagementEndpoint.class,
					() -> new NeffosManagementEndpoint(this.server,
							new NeffosEndpointProperties(Show.NEVER, Set.of(), 1)))
			.run((context) -> {
				assertThat(context).getBeanNames(NeffosManagementEndpoint.class).containsExactly("mine");
				assertThat(get(context, "/actuator/neffos").body()).contains("roomsTotal");
			});
	}

	private static HttpResponse<String> get(AssertableWebApplicationContext context, String path)
			throws IOException, InterruptedException {
		int port = ((AnnotationConfigServletWebServerApplicationContext) context.getSourceApplicationContext())
			.getWebServer()
			.getPort();
		return HTTP.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private RoomInfo room(String name, String... members) {
		RoomInfo room = mock(RoomInfo.class);
		given(room.name()).willReturn(name);
		given(room.size()).willReturn(members.length);
		List<NSConn> conns = new ArrayList<>();
		for (String id : members) {
			Conn conn = mock(Conn.class);
			given(conn.id()).willReturn(id);
			NSConn member = mock(NSConn.class);
			given(member.conn()).willReturn(conn);
			conns.add(member);
		}
		given(room.members()).willReturn(conns);
		given(this.server.room("chat", name, Scope.LOCAL)).willReturn(room);
		return room;
	}

	/** Takes a parameter's word for who the user is, and which role they have. */
	static final class Login extends HttpFilter {

		@Override
		protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			String login = request.getParameter("login");
			chain.doFilter((login != null) ? new HttpServletRequestWrapper(request) {

				@Override
				public Principal getUserPrincipal() {
					return () -> login;
				}

				@Override
				public boolean isUserInRole(String role) {
					return role.equals(login);
				}

			} : request, response);
		}

	}

}
