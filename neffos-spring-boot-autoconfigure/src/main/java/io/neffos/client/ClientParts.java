package io.neffos.client;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.neffos.BodyCodec;
import io.neffos.HandshakeInfo;
import io.neffos.Namespaces;
import io.neffos.NeffosException;
import io.neffos.engine.EngineSettings;
import io.neffos.observe.NeffosObserver;
import io.neffos.transport.DialRequest;
import io.neffos.transport.Dialer;

/**
 * What a client is made of.
 *
 * @param uri where the server is
 * @param namespaces what the client declares
 * @param headers more headers of its requests, asked for each of them
 * @param subprotocols what it offers
 * @param dialTimeout how long opening may take, with the acknowledgement
 * @param heartbeat how often it asks a silent server for a sign of life
 * @param settings timeouts and bounds
 * @param codec what reads and writes bodies
 * @param handlers what runs handlers and listeners
 * @param timer what ends waits
 * @param dialer what opens sockets
 * @param observer who is told what happens
 * @param reconnect whether and when it comes back
 * @param buffer how many messages it keeps meanwhile
 * @param listeners who is told what becomes of it
 * @param release what to do when it is over
 */
record ClientParts(URI uri, Namespaces namespaces, Supplier<Map<String, List<String>>> headers,
		List<String> subprotocols, Duration dialTimeout, Duration heartbeat, EngineSettings settings, BodyCodec codec,
		Executor handlers, ScheduledExecutorService timer, Dialer dialer, NeffosObserver observer,
		ReconnectPolicy reconnect, int buffer, List<NeffosClientListener> listeners, Runnable release) {

	/** The request of an attempt to connect, or to come back if there were any. */
	DialRequest request(int tries) {
		Map<String, List<String>> all = new HashMap<>(this.headers.get());
		if (tries > 0) {
			all.keySet().removeIf(HandshakeInfo.RECONNECT_HEADER::equalsIgnoreCase);
			all.put(HandshakeInfo.RECONNECT_HEADER, List.of(String.valueOf(tries)));
		}
		return new DialRequest(this.uri, all, this.subprotocols, this.dialTimeout, this.settings.maxFrameSize(),
				this.heartbeat);
	}

	/** Run what calls code of the application, and whatever it throws is a failure. */
	void execute(Runnable task, Consumer<Throwable> onFailure) {
		try {
			this.handlers.execute(() -> {
				try {
					task.run();
				}
				catch (Throwable ex) {
					onFailure.accept(ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			onFailure.accept(ex);
		}
	}

	/** Why there is no connection, for the application. */
	NeffosException toException(Throwable failure) {
		Throwable cause = unwrap(failure);
		return (cause instanceof NeffosException known) ? known
				: new NeffosException("Cannot connect to " + address() + ": " + cause.getMessage(), cause);
	}

	static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/** The address as it may be shown: a query can hold secrets. */
	String address() {
		return this.uri.getScheme() + "://" + this.uri.getRawAuthority() + this.uri.getRawPath();
	}

}
