package io.neffos.exchange.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.neffos.exchange.ExchangeException;

/** Connects to one of the servers. */
final class Connector {

	/** The client tells why by another thread, perhaps a moment later. */
	private static final long REASON_MILLIS = 250;

	/** Small, because what is in it is sent late where the broker pauses. */
	private static final int SEND_BUFFER = 256 * 1024;

	private final NatsSettings settings;

	/** Kept, so that the server that failed last is tried last. */
	private final Servers servers;

	Connector(NatsSettings settings) {
		this.settings = settings;
		this.servers = new Servers(settings.isSecure());
	}

	/**
	 * Connect, which blocks for the timeout of each server at most.
	 * @param handler takes what arrives
	 * @param onEnd runs when the connection has ended, by a thread of the client
	 * @throws ExchangeException if no server can be reached
	 */
	Link connect(MessageHandler handler, Runnable onEnd) throws InterruptedException {
		CompletableFuture<String> reason = new CompletableFuture<>();
		Refusals refusals = new Refusals();
		try {
			return new Link(Nats.connect(options(reason, refusals, onEnd)), this.settings.publishBuffer(), refusals,
					handler);
		}
		catch (IOException | IllegalStateException ex) {
			// Without the cause: the text of the client repeats addresses and settings.
			throw new ExchangeException("NATS at %s cannot be reached: %s. %s".formatted(this.settings.addresses(),
					find(reason), "Check that a server runs there, that this host may connect to it,"
							+ " and that the login and TLS are what it wants"));
		}
	}

	private Options options(CompletableFuture<String> reason, Refusals refusals, Runnable onEnd) {
		Options.Builder builder = new Options.Builder().servers(this.settings.servers().toArray(new String[0]))
			.connectionName(this.settings.connectionName())
			.sendBufferSize(SEND_BUFFER)
			.connectionTimeout(this.settings.connectTimeout())
			.hostnameResolveMode(Options.HostnameResolveMode.ResolveToAllIncludeIPV6)
			.serverPool(this.servers)
			.dataPortType(BrokerPort.class.getName())
			.noReconnect()
			.reconnectBufferSize(0)
			.maxMessagesInOutgoingQueue(Integer.MAX_VALUE)
			.discardMessagesWhenOutgoingQueueFull()
			.pingInterval(Duration.ZERO)
			.requestCleanupInterval(Duration.ZERO)
			.noHeaders()
			.noNoResponders()
			.errorListener(new Reasons(reason, refusals))
			.connectionListener(new Ends(onEnd));
		if (this.settings.isSecure()) {
			// Others are known by numbers, which are not what certificates name.
			builder.ignoreDiscoveredServers();
		}
		if (this.settings.ssl() != null) {
			builder.sslContext(this.settings.ssl());
		}
		login(builder, this.settings.login());
		return builder.build();
	}

	private static void login(Options.Builder builder, NatsSettings.Login login) {
		if (login.username() != null) {
			builder.userInfo(login.username(), (login.password() != null) ? login.password() : "");
		}
		if (login.token() != null) {
			builder.token(login.token().toCharArray());
		}
		if (login.credentials() != null) {
			builder.authHandler(Nats.staticCredentials(login.credentials().getBytes(StandardCharsets.UTF_8)));
		}
	}

	private static String find(CompletableFuture<String> reason) throws InterruptedException {
		try {
			return reason.get(REASON_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			return "no answer";
		}
	}

	/** The first reason the client gives, and what the broker refuses. */
	private record Reasons(CompletableFuture<String> reason, Refusals refusals) implements ErrorListener {

		@Override
		public void errorOccurred(Connection connection, String error) {
			this.reason.complete(error);
			this.refusals.heard(error);
		}

		@Override
		public void exceptionOccurred(Connection connection, Exception exception) {
			Throwable cause = exception;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			String message = cause.getMessage();
			this.reason.complete((message != null) ? message : cause.getClass().getSimpleName());
		}

	}

	/** Listens for the end. */
	private record Ends(Runnable onEnd) implements ConnectionListener {

		@Override
		@Deprecated
		public void connectionEvent(Connection connection, Events type) {
			if (type == Events.DISCONNECTED || type == Events.CLOSED) {
				this.onEnd.run();
			}
		}

	}

}
