package io.neffos.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.neffos.test.NeffosTester;
import io.neffos.test.TestNamespace;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The sample in an application context of its own. */
final class Instance implements AutoCloseable {

	/** A busy machine starts an instance in a minute. */
	static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private final int port;

	Instance(List<String> arguments) {
		List<String> all = new ArrayList<>(arguments);
		all.add("--server.port=0");
		all.add("--spring.jmx.enabled=false");
		this.context = new SpringApplicationBuilder(SampleApplication.class).run(all.toArray(new String[0]));
		this.port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	TestNamespace visitor(String name) {
		return visitor(this.port, name);
	}

	static TestNamespace visitor(int port, String name) {
		return NeffosTester.at(URI.create("ws://localhost:" + port + "/neffos"))
			.patience(PATIENCE)
			.header(Visitor.HEADER, name)
			.connect("chat");
	}

	String get(String path) throws Exception {
		return get(this.port, path);
	}

	static String get(int port, String path) throws Exception {
		return HTTP
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
					BodyHandlers.ofString())
			.body();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
