package io.neffos.test;

import java.net.URI;
import java.util.function.Supplier;

import io.neffos.ConnIdGenerator;
import io.neffos.NeffosServer;
import io.neffos.autoconfigure.NeffosProperties;

import org.springframework.boot.test.http.server.LocalTestWebServer;
import org.springframework.context.ApplicationContext;

/**
 * The way to the server of an application, found when it is gone: by then its web server,
 * if it has one, listens.
 */
final class ApplicationLink implements Supplier<Link> {

	private final ApplicationContext context;

	ApplicationLink(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public Link get() {
		NeffosServer server = this.context.getBean(NeffosServer.class);
		LocalTestWebServer web = LocalTestWebServer.get(this.context);
		if (web == null) {
			ConnIdGenerator ids = this.context.getBean(ConnIdGenerator.class);
			return Link.inMemory(MemoryDialer.to(server).ids(ids), server);
		}
		String http = web.uri(path());
		return new Link(Link.network(), URI.create("ws" + http.substring("http".length())), server);
	}

	private String path() {
		String servlet = this.context.getEnvironment().getProperty("spring.mvc.servlet.path", "");
		while (servlet.endsWith("/")) {
			servlet = servlet.substring(0, servlet.length() - 1);
		}
		return servlet + this.context.getBean(NeffosProperties.class).path();
	}

}
