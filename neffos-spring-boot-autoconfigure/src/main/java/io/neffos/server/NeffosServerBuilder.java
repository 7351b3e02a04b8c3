package io.neffos.server;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

import io.neffos.BodyCodec;
import io.neffos.Namespaces;
import io.neffos.cluster.ClusterSettings;
import io.neffos.engine.EngineSettings;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.StackExchange;
import io.neffos.observe.NeffosObserver;
import io.neffos.observe.Tracing;
import io.neffos.protocol.WaitToken;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link DefaultNeffosServer}. Not for concurrent use. Executor and timer are
 * required and are not closed with the server.
 *
 * @since 0.1.0
 */
public final class NeffosServerBuilder {

	private final Namespaces namespaces;

	private EngineSettings settings = EngineSettings.DEFAULTS;

	private BodyCodec codec = BodyCodec.none();

	private @Nullable Executor handlers;

	private @Nullable ScheduledExecutorService timer;

	private NeffosObserver observer = NeffosObserver.NONE;

	private Tracing tracing = Tracing.NONE;

	private @Nullable RoomEvents roomEvents;

	private Duration shutdownTimeout = Duration.ofSeconds(5);

	private @Nullable StackExchange exchange;

	private @Nullable ClusterSettings cluster;

	NeffosServerBuilder(Namespaces namespaces) {
		this.namespaces = namespaces;
	}

	/**
	 * Set timeouts and bounds.
	 * @param value the settings
	 * @return this builder
	 */
	public NeffosServerBuilder settings(EngineSettings value) {
		this.settings = value;
		return this;
	}

	/**
	 * Set what reads and writes bodies.
	 * @param value the codec
	 * @return this builder
	 */
	public NeffosServerBuilder codec(BodyCodec value) {
		this.codec = value;
		return this;
	}

	/**
	 * Set what runs handlers.
	 * @param value the executor, which does not run tasks on the calling thread
	 * @return this builder
	 */
	public NeffosServerBuilder handlers(Executor value) {
		this.handlers = value;
		return this;
	}

	/**
	 * Set what ends waits.
	 * @param value the timer
	 * @return this builder
	 */
	public NeffosServerBuilder timer(ScheduledExecutorService value) {
		this.timer = value;
		return this;
	}

	/**
	 * Set who is told what happens.
	 * @param value the observer
	 * @return this builder
	 */
	public NeffosServerBuilder observer(NeffosObserver value) {
		this.observer = value;
		return this;
	}

	/**
	 * Set what carries traces to other threads and servers.
	 * @param value the tracing
	 * @return this builder
	 */
	public NeffosServerBuilder tracing(Tracing value) {
		this.tracing = value;
		return this;
	}

	/**
	 * Set who is told that rooms came and went.
	 * @param value where the events go, or {@code null} for nowhere
	 * @return this builder
	 */
	public NeffosServerBuilder roomEvents(@Nullable RoomEvents value) {
		this.roomEvents = value;
		return this;
	}

	/**
	 * Set how long {@link DefaultNeffosServer#close()} waits.
	 * @param value the time, more than 0
	 * @return this builder
	 */
	public NeffosServerBuilder shutdownTimeout(Duration value) {
		this.shutdownTimeout = value;
		return this;
	}

	/**
	 * Set what connects the server to others. It is started when the server is built and
	 * closed with it.
	 * @param value the exchange, not started
	 * @param how how servers are one
	 * @return this builder
	 */
	public NeffosServerBuilder exchange(StackExchange value, ClusterSettings how) {
		this.exchange = value;
		this.cluster = how;
		return this;
	}

	/**
	 * Build the server and, with an exchange, meet the others, for which it may block as
	 * the exchange does.
	 * @return the server
	 * @throws IllegalStateException if the executor or the timer is missing
	 * @throws ExchangeException if the exchange cannot be reached
	 */
	public DefaultNeffosServer build() {
		if (this.handlers == null || this.timer == null) {
			throw new IllegalStateException("A server needs an executor for handlers and a timer");
		}
		DefaultNeffosServer server = new DefaultNeffosServer(
				new ServerParts(this.namespaces, this.settings, this.codec, this.handlers, this.timer, this.observer,
						this.tracing, WaitToken.serverIssuer()),
				this.roomEvents, this.shutdownTimeout, this.exchange, this.cluster);
		server.start();
		return server;
	}

}
