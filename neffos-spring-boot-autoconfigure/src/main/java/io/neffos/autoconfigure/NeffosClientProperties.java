package io.neffos.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code neffos.client}: how clients begin that are built by the
 * application's {@code NeffosClientBuilder} bean. Immutable. What is illegal is reported
 * when the application starts, with the name of the property and what is legal.
 *
 * @param enabled Whether a builder of clients is configured at all.
 * @param uri Address of the server, such as 'wss://example.org/neffos'. A builder may be
 * given another one.
 * @param headers Headers of the requests that open a connection.
 * @param subprotocols WebSocket subprotocols that are offered, the preferred one first.
 * @param dialTimeout How long dialling may take, until the server has acknowledged the
 * connection. More than 0.
 * @param askTimeout How long an ask, connect, join, leave or disconnect waits for the
 * server when the caller says nothing else. More than 0.
 * @param sendTimeout How long one write may take before the server counts as too slow and
 * the connection is closed. More than 0.
 * @param heartbeat How often a silent server is asked for a sign of life. One that gives
 * none before it is time to ask again is gone. 0 never asks.
 * @param shutdownTimeout How long the application waits, when it stops, for the handlers
 * of the end of its clients. More than 0.
 * @param executor Name of the Executor bean that runs handlers. By default the
 * application's task executor, which uses virtual threads when they are enabled.
 * @param ssl Properties of TLS.
 * @param limits Bounds on what one connection may hold.
 * @param reconnect Properties of coming back.
 * @param errors Properties of the errors that servers see.
 * @since 0.1.0
 */
@ConfigurationProperties("neffos.client")
public record NeffosClientProperties(@DefaultValue("true") boolean enabled, @Nullable URI uri,
		@DefaultValue Map<String, String> headers, @DefaultValue List<String> subprotocols,
		@DefaultValue("10s") Duration dialTimeout, @DefaultValue("10s") Duration askTimeout,
		@DefaultValue("10s") Duration sendTimeout, @DefaultValue("25s") Duration heartbeat,
		@DefaultValue("5s") Duration shutdownTimeout, @Nullable String executor, @DefaultValue Ssl ssl,
		@DefaultValue Limits limits, @DefaultValue Reconnect reconnect, @DefaultValue Errors errors) {

	/**
	 * Properties of TLS.
	 *
	 * @param bundle Name of the SSL bundle that says what 'wss' addresses are trusted and
	 * presented. By default what the JVM trusts.
	 */
	public record Ssl(@Nullable String bundle) {
	}

	/**
	 * Bounds on what one connection may hold.
	 *
	 * @param frameSize Size of an incoming message.
	 * @param rooms Rooms that are joined at a time, over all namespaces.
	 * @param pendingAsks Asks that wait for the server at a time.
	 * @param inboundQueue Messages that wait for handlers. When there are as many, no
	 * more is read from the server.
	 * @param outboxMessages Messages that wait to be written.
	 * @param outboxSize Size of the messages that wait to be written, together.
	 */
	public record Limits(@DefaultValue("1MB") DataSize frameSize, @DefaultValue("1000") int rooms,
			@DefaultValue("1024") int pendingAsks, @DefaultValue("16384") int inboundQueue,
			@DefaultValue("4096") int outboxMessages, @DefaultValue("1MB") DataSize outboxSize) {
	}

	/**
	 * Properties of coming back.
	 *
	 * @param enabled Whether a client that lost its connection comes back.
	 * @param initialDelay Delay before the first attempt. More than 0.
	 * @param maxDelay Longest delay before an attempt.
	 * @param multiplier How the delay grows from attempt to attempt. 1 or more.
	 * @param jitter Part of each delay that is left to chance, from 0 to 1.
	 * @param maxAttempts How many attempts are made. 0 for no bound.
	 * @param giveUpAfter How long attempts are made. 0 for no bound.
	 * @param retryRefused Whether to try again when the server refuses the connection.
	 * @param buffer How many messages the client keeps while it comes back. 0 refuses
	 * them.
	 */
	public record Reconnect(@DefaultValue("true") boolean enabled, @DefaultValue("500ms") Duration initialDelay,
			@DefaultValue("30s") Duration maxDelay, @DefaultValue("2") double multiplier,
			@DefaultValue("0.5") double jitter, @DefaultValue("0") int maxAttempts,
			@DefaultValue("0s") Duration giveUpAfter, @DefaultValue("false") boolean retryRefused,
			@DefaultValue("0") int buffer) {
	}

	/**
	 * Properties of the errors that servers see.
	 *
	 * @param includeMessage Whether the message of an unexpected exception of a handler
	 * is sent to the server. Without, it sees 'internal error'. The text of a refusal is
	 * always sent.
	 */
	public record Errors(@DefaultValue("false") boolean includeMessage) {
	}

}
