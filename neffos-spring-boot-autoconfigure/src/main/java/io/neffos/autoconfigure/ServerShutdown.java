package io.neffos.autoconfigure;

import io.neffos.NeffosServer;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Closes the server first of all when the application stops. Spring's task executors
 * refuse further tasks from this very event on, before any lifecycle phase or destruction
 * callback, and the handlers of the end of a connection need them. Requests that arrive
 * between this and the stop of the web server find a closed server and are refused.
 */
final class ServerShutdown implements ApplicationListener<ContextClosedEvent>, Ordered {

	private final ApplicationContext context;

	private final NeffosServer server;

	ServerShutdown(ApplicationContext context, NeffosServer server) {
		this.context = context;
		this.server = server;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		// The management server's context, for example, closes on its own.
		if (event.getApplicationContext() == this.context) {
			this.server.close();
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
