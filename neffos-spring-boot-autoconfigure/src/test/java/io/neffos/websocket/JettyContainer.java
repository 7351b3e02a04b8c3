package io.neffos.websocket;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Jetty, on a free port. */
@Configuration(proxyBeanMethods = false)
class JettyContainer {

	@Bean
	ServletWebServerFactory jetty() {
		return JettyContainer::start;
	}

	private static WebServer start(ServletContextInitializer... initializers) {
		ServletContextHandler context = new ServletContextHandler();
		JakartaWebSocketServletContainerInitializer.configure(context, null);
		context.addServletContainerInitializer((classes, servletContext) -> {
			for (ServletContextInitializer initializer : initializers) {
				initializer.onStartup(servletContext);
			}
		});
		Server server = new Server(0);
		server.setHandler(context);
		try {
			// At once, as this is what gives the application its servlet context.
			server.start();
		}
		catch (Exception ex) {
			throw new WebServerException("Jetty did not start", ex);
		}
		return new Running(server);
	}

	private record Running(Server server) implements WebServer {

		@Override
		public void start() {
		}

		@Override
		public void stop() {
			try {
				this.server.stop();
			}
			catch (Exception ex) {
				throw new WebServerException("Jetty did not stop", ex);
			}
		}

		@Override
		public int getPort() {
			return ((ServerConnector) this.server.getConnectors()[0]).getLocalPort();
		}

	}

}
