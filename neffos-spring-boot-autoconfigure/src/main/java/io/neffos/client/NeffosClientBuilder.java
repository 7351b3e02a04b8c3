package io.neffos.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.neffos.AskTimeoutException;
import io.neffos.BodyCodec;
import io.neffos.Namespaces;
import io.neffos.NeffosException;
import io.neffos.Overflow;
import io.neffos.RefusedException;
import io.neffos.client.jdk.JdkDialer;
import io.neffos.engine.EngineSettings;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;

/**
 * Configures clients and dials them. Only the address and the namespaces are required.
 * Not for concurrent use; may be used for several clients, which then share its
 * {@link HttpClient}. A client that is given no executor or timer has a few threads of
 * its own, which end with it: give many clients in one process the same ones.
 *
 * @since 0.1.0
 */
public final class NeffosClientBuilder {

	/** Room for a few of the largest messages that are allowed by default. */
	private static final int INBOUND_BYTES = 16 * 1024 * 1024;

	private @Nullable URI uri;

	private @Nullable Namespaces namespaces;

	private Map<String, List<String>> headers = new LinkedHashMap<>();

	private @Nullable Supplier<? extends Map<String, List<String>>> moreHeaders;

	private List<String> subprotocols = List.of();

	private Duration dialTimeout = Duration.ofSeconds(10);

	private Duration askTimeout = Duration.ofSeconds(10);

	private Duration sendTimeout = Duration.ofSeconds(10);

	private Duration heartbeat = Duration.ofSeconds(25);

	private ClientLimits limits = ClientLimits.DEFAULT;

	private boolean includeErrorMessage;

	private ReconnectPolicy reconnect = ReconnectPolicy.DEFAULT;

	private int buffer;

	private BodyCodec codec = BodyCodec.none();

	private @Nullable Executor handlers;

	private @Nullable ScheduledExecutorService timer;

	private List<NeffosObserver> observers = new ArrayList<>();

	private List<NeffosClientListener> listeners = new ArrayList<>();

	private @Nullable SSLContext sslContext;

	private @Nullable Dialer dialer;

	NeffosClientBuilder() {
	}

	/**
	 * Another builder that begins as this one is now.
	 * @return a builder that can be changed without changing this one
	 */
	public NeffosClientBuilder copy() {
		NeffosClientBuilder copy = new NeffosClientBuilder();
		copy.uri = this.uri;
		copy.namespaces = this.namespaces;
		copy.headers = new LinkedHashMap<>(this.headers);
		copy.moreHeaders = this.moreHeaders;
		copy.subprotocols = this.subprotocols;
		copy.dialTimeout = this.dialTimeout;
		copy.askTimeout = this.askTimeout;
		copy.sendTimeout = this.sendTimeout;
		copy.heartbeat = this.heartbeat;
		copy.limits = this.limits;
		copy.includeErrorMessage = this.includeErrorMessage;
		copy.reconnect = this.reconnect;
		copy.buffer = this.buffer;
		copy.codec = this.codec;
		copy.handlers = this.handlers;
		copy.timer = this.timer;
		copy.observers = new ArrayList<>(this.observers);
		copy.listeners = new ArrayList<>(this.listeners);
		copy.sslContext = this.sslContext;
		copy.dialer = this.dialer;
		return copy;
	}

	/**
	 * Set where the server is.
	 * @param value an address such as {@code wss://example.org/neffos}
	 * @return this builder
	 * @throws IllegalArgumentException if it is no address of a WebSocket
	 */
	public NeffosClientBuilder uri(String value) {
		return uri(URI.create(value));
	}

	/**
	 * Set where the server is.
	 * @param value an address that begins with {@code ws} or {@code wss}
	 * @return this builder
	 * @throws IllegalArgumentException if it is no address of a WebSocket
	 */
	public NeffosClientBuilder uri(URI value) {
		String scheme = value.getScheme();
		if (!("ws".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme)) || value.getHost() == null
				|| value.getRawUserInfo() != null || value.getRawFragment() != null) {
			throw new IllegalArgumentException("The address of a server begins with 'ws://' or 'wss://', names a host,"
					+ " and has neither user nor fragment, such as 'wss://example.org/neffos'");
		}
		this.uri = value;
		return this;
	}

	/**
	 * Set what the client declares: the namespaces it can connect, and its handlers.
	 * @param value the namespaces, at least one
	 * @return this builder
	 */
	public NeffosClientBuilder namespaces(Namespaces value) {
		this.namespaces = value;
		return this;
	}

	/**
	 * Add a header to the requests of the client.
	 * @param name the name
	 * @param value the value, in addition to others of that name
	 * @return this builder
	 */
	public NeffosClientBuilder header(String name, String value) {
		List<String> values = new ArrayList<>(this.headers.getOrDefault(name, List.of()));
		values.add(value);
		this.headers.put(name, List.copyOf(values));
		return this;
	}

	/**
	 * Set what says more headers, asked before each request, so that a client that comes
	 * back does not send what has expired. Runs on the executor for handlers; an
	 * exception fails the attempt.
	 * @param value the headers by name, in place of others of that name
	 * @return this builder
	 */
	public NeffosClientBuilder headers(Supplier<? extends Map<String, List<String>>> value) {
		this.moreHeaders = value;
		return this;
	}

	/**
	 * Set the WebSocket subprotocols that are offered.
	 * @param values the names, the preferred one first
	 * @return this builder
	 */
	public NeffosClientBuilder subprotocols(String... values) {
		this.subprotocols = List.of(values);
		return this;
	}

	/**
	 * Set how long dialling may take, until the server has acknowledged the connection.
	 * Also bounds each attempt to come back.
	 * @param value the time, more than 0; 10 seconds by default
	 * @return this builder
	 */
	public NeffosClientBuilder dialTimeout(Duration value) {
		this.dialTimeout = positive(value, "dialTimeout");
		return this;
	}

	/**
	 * Set how long an ask, connect, join, leave or disconnect waits for the server when
	 * nothing else is said.
	 * @param value the time, more than 0; 10 seconds by default
	 * @return this builder
	 */
	public NeffosClientBuilder askTimeout(Duration value) {
		this.askTimeout = positive(value, "askTimeout");
		return this;
	}

	/**
	 * Set how long one write may take before the server counts as too slow and the
	 * connection is closed.
	 * @param value the time, more than 0; 10 seconds by default
	 * @return this builder
	 */
	public NeffosClientBuilder sendTimeout(Duration value) {
		this.sendTimeout = positive(value, "sendTimeout");
		return this;
	}

	/**
	 * Set how often a silent server is asked for a sign of life. One that gives none
	 * before it is time to ask again is gone, so the loss of a connection is noticed
	 * after two of these times at the latest.
	 * @param value the time, 25 seconds by default; {@link Duration#ZERO} never asks
	 * @return this builder
	 */
	public NeffosClientBuilder heartbeat(Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException("heartbeat must be 0 or more; 0 never asks");
		}
		this.heartbeat = value;
		return this;
	}

	/**
	 * Set the bounds on what the connection may hold.
	 * @param value the bounds
	 * @return this builder
	 */
	public NeffosClientBuilder limits(ClientLimits value) {
		this.limits = value;
		return this;
	}

	/**
	 * Set whether the text of an unexpected exception of a handler is sent to the server.
	 * @param value whether; by default the server sees {@code internal error}
	 * @return this builder
	 */
	public NeffosClientBuilder includeErrorMessage(boolean value) {
		this.includeErrorMessage = value;
		return this;
	}

	/**
	 * Set whether and when the client comes back.
	 * @param value the policy; {@link ReconnectPolicy#DEFAULT} by default
	 * @return this builder
	 */
	public NeffosClientBuilder reconnect(ReconnectPolicy value) {
		this.reconnect = value;
		return this;
	}

	/**
	 * Set how many messages {@link NeffosClient#write} keeps while the client comes back.
	 * @param messages how many; 0, the default, refuses them
	 * @return this builder
	 */
	public NeffosClientBuilder bufferWhileReconnecting(int messages) {
		if (messages < 0) {
			throw new IllegalArgumentException("The number of messages must be 0 or more");
		}
		this.buffer = messages;
		return this;
	}

	/**
	 * Set what reads and writes bodies that are neither text nor bytes.
	 * @param value the codec
	 * @return this builder
	 */
	public NeffosClientBuilder codec(BodyCodec value) {
		this.codec = value;
		return this;
	}

	/**
	 * Set what runs handlers and listeners. It is not closed with the client.
	 * @param value the executor, which does not run tasks on the calling thread
	 * @return this builder
	 */
	public NeffosClientBuilder handlers(Executor value) {
		this.handlers = value;
		return this;
	}

	/**
	 * Set what ends waits. It is not closed with the client.
	 * @param value the timer
	 * @return this builder
	 */
	public NeffosClientBuilder timer(ScheduledExecutorService value) {
		this.timer = value;
		return this;
	}

	/**
	 * Add one who is told what happens on the connection, for metrics.
	 * @param value the observer
	 * @return this builder
	 */
	public NeffosClientBuilder observer(NeffosObserver value) {
		this.observers.add(value);
		return this;
	}

	/**
	 * Add one who is told what becomes of the client.
	 * @param value the listener
	 * @return this builder
	 */
	public NeffosClientBuilder listener(NeffosClientListener value) {
		this.listeners.add(value);
		return this;
	}

	/**
	 * Set what {@code wss} addresses are trusted and presented. Takes the place of an
	 * {@link HttpClient} or dialer that was set before, and the other way round.
	 * @param value the context; the JDK's default one by default
	 * @return this builder
	 */
	public NeffosClientBuilder sslContext(SSLContext value) {
		this.sslContext = value;
		this.dialer = null;
		return this;
	}

	/**
	 * Set what opens connections, with its proxy, authenticator and so on.
	 * @param value the client, which does not follow redirects
	 * @return this builder
	 * @throws IllegalArgumentException if it follows redirects, which the answer of an
	 * original server to the probe is, without an address
	 */
	public NeffosClientBuilder httpClient(HttpClient value) {
		this.dialer = new JdkDialer(value);
		return this;
	}

	/**
	 * Set what opens connections instead of the JDK's WebSocket.
	 * @param value the dialer
	 * @return this builder
	 */
	public NeffosClientBuilder dialer(Dialer value) {
		this.dialer = value;
		return this;
	}

	/**
	 * Dial and wait, within the {@linkplain #dialTimeout time for dialling}.
	 * @return the client, connected
	 * @throws RefusedException if the server refused, with its text
	 * @throws AskTimeoutException if it took too long
	 * @throws NeffosException if the server cannot be reached
	 * @throws IllegalStateException if the address or the namespaces are missing
	 */
	public NeffosClient dial() {
		try {
			return dialAsync().get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NeffosException("Interrupted while dialling", ex);
		}
		catch (CancellationException ex) {
			throw new NeffosException("Cancelled while dialling", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof NeffosException failure) {
				failure.addSuppressed(new NeffosException("Dialled here"));
				throw failure;
			}
			throw new NeffosException("Dialling failed", ex.getCause());
		}
	}

	/**
	 * Dial and wait at most some time.
	 * @param timeout the time for dialling, of this client only
	 * @return the client, connected
	 */
	public NeffosClient dial(Duration timeout) {
		return copy().dialTimeout(timeout).dial();
	}

	/**
	 * Dial.
	 * @return completes on the executor for handlers with the client, connected; fails as
	 * the blocking form throws
	 * @throws IllegalStateException if the address or the namespaces are missing
	 */
	public CompletableFuture<NeffosClient> dialAsync() {
		return new DefaultNeffosClient(parts()).dial();
	}

	private ClientParts parts() {
		if (this.uri == null) {
			throw new IllegalStateException("A client needs the address of a server: call uri(...)");
		}
		if (this.namespaces == null || this.namespaces.names().isEmpty()) {
			throw new IllegalStateException("A client needs at least one namespace: call namespaces(...)");
		}
		Executor executor = this.handlers;
		ScheduledExecutorService clock = this.timer;
		Runnable release = () -> {
		};
		if (executor == null || clock == null) {
			ClientThreads threads = new ClientThreads();
			executor = (executor != null) ? executor : threads.handlers();
			clock = (clock != null) ? clock : threads.timer();
			release = threads::close;
		}
		return new ClientParts(this.uri, this.namespaces, allHeaders(), this.subprotocols, this.dialTimeout,
				this.heartbeat, settings(), this.codec, executor, clock, findDialer(),
				NeffosObserver.all(this.observers), this.reconnect, this.buffer, List.copyOf(this.listeners), release);
	}

	private Supplier<Map<String, List<String>>> allHeaders() {
		Map<String, List<String>> fixed = Map.copyOf(this.headers);
		Supplier<? extends Map<String, List<String>>> more = this.moreHeaders;
		if (more == null) {
			return () -> fixed;
		}
		return () -> {
			Map<String, List<String>> all = new LinkedHashMap<>(fixed);
			more.get().forEach((name, values) -> {
				all.keySet().removeIf(name::equalsIgnoreCase);
				all.put(name, values);
			});
			return all;
		};
	}

	private EngineSettings settings() {
		EngineSettings server = EngineSettings.DEFAULTS;
		// No gap, which is for clients only, no bound on the rate of the server, which
		// serves others too, nothing to relay and nothing to drop.
		return new EngineSettings(this.askTimeout, this.dialTimeout, this.sendTimeout, Duration.ZERO,
				this.limits.frameSize(), server.maxNameLength(), server.maxNamespaces(), this.limits.rooms(),
				this.limits.pendingAsks(), this.limits.inboundQueue(), INBOUND_BYTES, 0, 1,
				this.limits.outboxMessages(), this.limits.outboxSize(), Overflow.CLOSE, false,
				this.includeErrorMessage);
	}

	private Dialer findDialer() {
		if (this.dialer == null) {
			HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
			if (this.sslContext != null) {
				builder.sslContext(this.sslContext);
			}
			httpClient(builder.build());
		}
		return Objects.requireNonNull(this.dialer);
	}

	private static Duration positive(Duration value, String name) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(name + " must be more than 0");
		}
		return value;
	}

}
