package io.neffos.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.neffos.client.ClientClosed;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientListener;
import io.neffos.client.Reconnected;
import io.neffos.client.Reconnecting;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * The clients that the application has dialled: tells the application what becomes of
 * them, as application events, and closes them when it stops. Like the server they are
 * closed first of all, because their last handlers need executors that are still open.
 */
final class ClientRegistry implements NeffosClientListener, ApplicationListener<ContextClosedEvent>, Ordered {

	private static final Log logger = LogFactory.getLog(ClientRegistry.class);

	private final Set<NeffosClient> clients = ConcurrentHashMap.newKeySet();

	private final ApplicationContext context;

	private final Duration timeout;

	private volatile boolean stopping;

	ClientRegistry(ApplicationContext context, Duration timeout) {
		this.context = context;
		this.timeout = timeout;
	}

	@Override
	public void onConnected(NeffosClient client) {
		this.clients.add(client);
		if (this.stopping) {
			client.close();
		}
	}

	@Override
	public void onReconnecting(Reconnecting event) {
		publish(event);
	}

	@Override
	public void onReconnected(Reconnected event) {
		publish(event);
	}

	@Override
	public void onClosed(ClientClosed event) {
		this.clients.remove(event.client());
		publish(event);
	}

	private void publish(Object event) {
		// Listeners are going away, too, when the application stops.
		if (!this.stopping) {
			this.context.publishEvent(event);
		}
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() != this.context) {
			return;
		}
		this.stopping = true;
		CompletableFuture<?>[] ends = this.clients.stream().map((client) -> {
			client.close();
			return client.closed();
		}).toArray(CompletableFuture<?>[]::new);
		try {
			CompletableFuture.allOf(ends).get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn(this.clients.size() + " clients did not end within " + this.timeout.toMillis() + " ms");
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
