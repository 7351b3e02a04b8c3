package io.neffos.autoconfigure;

import java.net.URI;
import java.time.Duration;

import io.neffos.test.NeffosTester;
import io.neffos.test.TestNamespace;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

/** Applications to test with, as small as Spring Boot allows. */
final class Runners {

	private static final AutoConfigurations BASE = AutoConfigurations.of(TaskExecutionAutoConfiguration.class,
			ValidationAutoConfiguration.class, JacksonAutoConfiguration.class,
			HttpMessageConvertersAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, NeffosAutoConfiguration.class, NeffosWebSocketAutoConfiguration.class);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private Runners() {
	}

	/** A web application that listens to nothing. */
	static WebApplicationContextRunner mock() {
		return new WebApplicationContextRunner().withConfiguration(BASE);
	}

	/** A web application on a free port. */
	static WebApplicationContextRunner port() {
		return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withConfiguration(BASE)
			.withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class))
			.withPropertyValues("server.port=0");
	}

	/** A tester of the endpoint of an application on a port. */
	static NeffosTester tester(AssertableWebApplicationContext context) {
		return tester(context, "/neffos");
	}

	static NeffosTester tester(AssertableWebApplicationContext context, String path) {
		return NeffosTester.at(URI.create("ws://localhost:" + portOf(context) + path)).patience(PATIENCE);
	}

	/** A new connection to the namespace {@code chat}. */
	static TestNamespace chat(AssertableWebApplicationContext context) {
		return tester(context).connect("chat");
	}

	static int portOf(AssertableWebApplicationContext context) {
		return ((AnnotationConfigServletWebServerApplicationContext) context.getSourceApplicationContext())
			.getWebServer()
			.getPort();
	}

}
