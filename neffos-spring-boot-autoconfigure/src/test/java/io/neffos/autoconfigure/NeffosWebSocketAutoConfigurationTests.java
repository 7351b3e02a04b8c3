package io.neffos.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;

import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.test.NeffosTester;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/** Tests for {@link NeffosWebSocketAutoConfiguration}. */
class NeffosWebSocketAutoConfigurationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final String AUTHORIZATION = "X-Websocket-Header-Authorization";

	private static final String ANN = "Basic YW5uOnNlY3JldA==";

	private final WebApplicationContextRunner port = Runners.port()
		.withBean(Namespaces.class,
				() -> Namespaces.builder().namespace("chat", (events) -> events.onAsk("who", (conn, message) -> {
					Principal principal = conn.conn().handshake().principal();
					return (principal != null) ? principal.getName() : "nobody";
				})).build());

	@Test
	void servesTheEndpoint() {
		this.port.run((context) -> {
			assertThat(send(context, "HEAD", "/neffos").statusCode()).isEqualTo(302);
			assertThat(send(context, "POST", "/neffos").statusCode()).isEqualTo(405);
			assertThat(send(context, "GET", "/neffos").statusCode()).isEqualTo(400);
			Runners.chat(context).ask("who", null).expect("nobody");
		});
	}

	@Test
	void servesTheClient() throws Exception {
		String script = new ClassPathResource("io/neffos/client/client.mjs").getContentAsString(StandardCharsets.UTF_8);
		this.port.run((context) -> {
			HttpResponse<String> response = send(context, "GET", "/neffos/client.mjs");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(script);
			assertThat(response.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
			assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
			assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
			String tag = response.headers().firstValue("ETag").orElseThrow();
			assertThat(send(context, "GET", "/neffos/client.mjs", "If-None-Match", tag)).satisfies((again) -> {
				assertThat(again.statusCode()).isEqualTo(304);
				assertThat(again.body()).isEmpty();
			});
			assertThat(send(context, "HEAD", "/neffos/client.mjs").headers().firstValue("Content-Length"))
				.isEqualTo(response.headers().firstValue("Content-Length"));
			assertThat(send(context, "POST", "/neffos/client.mjs").statusCode()).isEqualTo(405);
		});
	}

	@Test
	void worksBelowAContextPath() {
		this.port.withPropertyValues("server.servlet.context-path=/app").run((context) -> {
			assertThat(send(context, "HEAD", "/app/neffos").statusCode()).isEqualTo(302);
			assertThat(send(context, "GET", "/app/neffos/client.mjs").statusCode()).isEqualTo(200);
			assertThat(send(context, "HEAD", "/neffos").statusCode()).isEqualTo(404);
			Runners.tester(context, "/app/neffos").connect("chat").ask("who", null).expect("nobody");
		});
	}

	@Test
	void worksBelowTheServletPath() {
		this.port
			.withPropertyValues("server.servlet.context-path=/app", "spring.mvc.servlet.path=/mvc",
					"neffos.path=/rooms", "neffos.handshake.header-parameters=Authorization")
			.withUserConfiguration(Secured.class)
			.withConfiguration(AutoConfigurations.of(SecurityAutoConfiguration.class,
					ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class))
			.run((context) -> {
				// The filter makes the parameter a header, so it has found the path.
				NeffosTester tester = Runners.tester(context, "/app/mvc/rooms");
				tester.parameter(AUTHORIZATION, ANN).connect("chat").ask("who", null).expect("ann");
			});
	}

	@Test
	void worksWithLazyInitialization() {
		this.port
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				// Spring MVC makes late what is lazy, and then nobody starts it.
				assertThat(context.getBean("neffosHandlerMapping", WebSocketHandlerMapping.class).isRunning()).isTrue();
				Runners.chat(context).ask("who", null).expect("nobody");
			});
	}

	@Test
	void stopsForAMistakeAlsoWithLazyInitialization() {
		Runners.mock()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("neffos.path=nope")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("neffos.path"));
	}

	@Test
	void controllersOfTheSamePathComeFirst() {
		this.port.withBean(Controller.class)
			.run((context) -> assertThat(send(context, "GET", "/neffos").body()).isEqualTo("mine"));
	}

	@Test
	void turnsParametersIntoHeadersBeforeSecurityLooks() {
		this.port.withPropertyValues("neffos.handshake.header-parameters=Authorization")
			.withUserConfiguration(Secured.class)
			.withConfiguration(AutoConfigurations.of(SecurityAutoConfiguration.class,
					ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class))
			.run((context) -> {
				assertThat(send(context, "GET", "/neffos").statusCode()).isEqualTo(401);
				assertThat(send(context, "GET", "/other?X-Websocket-Header-Authorization=Basic%20YW5uOnNlY3JldA==")
					.statusCode()).isEqualTo(401);
				NeffosTester tester = Runners.tester(context);
				tester.expectHttpStatus(401);
				tester.parameter(AUTHORIZATION, ANN).connect("chat").ask("who", null).expect("ann");
			});
	}

	@Test
	void filtersOnlyTheEndpoint() {
		Runners.mock().run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean("neffosHeaderParametersFilter",
					FilterRegistrationBean.class);
			assertThat(registration.getUrlPatterns()).containsExactly("/neffos");
			assertThat(registration.determineDispatcherTypes()).contains(DispatcherType.REQUEST);
		});
	}

	@Test
	void backsOffForAHandshakeHandler() {
		this.port.withBean("neffosHandshakeHandler", HandshakeHandler.class, NamedUsers::new)
			.run((context) -> Runners.chat(context).ask("who", null).expect("from-handshake"));
	}

	@Test
	void takesNoOtherHandshakeHandler() {
		this.port.withBean("mine", HandshakeHandler.class, NamedUsers::new)
			.run((context) -> Runners.chat(context).ask("who", null).expect("nobody"));
	}

	@Test
	void hasNoEndpointForAServerOfTheApplication() {
		Runners.port().withBean("mine", NeffosServer.class, () -> mock(NeffosServer.class)).run((context) -> {
			assertThat(send(context, "HEAD", "/neffos").statusCode()).isEqualTo(404);
			assertThat(send(context, "HEAD", "/neffos/client.mjs").statusCode()).isEqualTo(200);
		});
	}

	private static HttpResponse<String> send(AssertableWebApplicationContext context, String method, String path,
			String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + Runners.portOf(context) + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	static final class NamedUsers extends DefaultHandshakeHandler {

		@Override
		protected Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
				Map<String, Object> attributes) {
			return () -> "from-handshake";
		}

	}

	@RestController
	static class Controller {

		@GetMapping("/neffos")
		String mine() {
			return "mine";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Secured {

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("ann").password("{noop}secret").roles("USER").build());
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic((basic) -> {
				})
				.build();
		}

	}

}
