package io.neffos.benchmark.peer;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** How a server that is compared starts, says so, and ends. */
public final class Peers {

	private Peers() {
	}

	/**
	 * Start a Spring Boot application on a free port of the loopback interface.
	 * @param application its class
	 * @param args properties that come before those given here
	 * @param properties what it is set to besides
	 */
	public static void run(Class<?> application, String[] args, Map<String, Object> properties) {
		Map<String, Object> all = new LinkedHashMap<>(properties);
		all.put("server.address", "127.0.0.1");
		all.put("server.port", 0);
		// As many as there are in the largest scenario, and room for those that come at
		// once.
		all.put("server.tomcat.max-connections", 30_000);
		all.put("server.tomcat.accept-count", 1000);
		all.put("spring.main.banner-mode", "off");
		all.put("logging.level.root", "warn");
		SpringApplication spring = new SpringApplication(application);
		spring.setDefaultProperties(all);
		spring.addListeners(new Started());
		spring.run(args);
		endWithInput();
	}

	/**
	 * Say where the server listens.
	 * @param port the port
	 */
	public static void listening(int port) {
		System.out.println("listening on " + port);
	}

	/** Answer questions, and end the process when who started it is gone. */
	public static void endWithInput() {
		Thread thread = new Thread(new Control()::run, "end-with-input");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Says where a server listens. A class, because a lambda does not tell Spring which
	 * events it is for, so that it would be called for all.
	 */
	private static final class Started implements ApplicationListener<WebServerInitializedEvent> {

		@Override
		public void onApplicationEvent(WebServerInitializedEvent event) {
			listening(event.getWebServer().getPort());
		}

	}

}
