package io.neffos.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.neffos.Overflow;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code neffos}. Immutable. What is illegal is reported when the
 * application starts, with the name of the property and what is legal.
 *
 * @param enabled Whether the server and its WebSocket endpoint are configured at all.
 * @param path Path of the WebSocket endpoint, below the context path and the path of the
 * dispatcher servlet.
 * @param allowedOrigins Origins of pages that may connect, such as 'https://example.org',
 * or '*' for any. Without origins and patterns only pages of the same origin may.
 * @param allowedOriginPatterns Patterns of origins of pages that may connect, such as
 * 'https://*.example.org'. They add to the allowed origins.
 * @param askTimeout How long an ask waits for its answer when the caller says nothing
 * else. More than 0.
 * @param sendTimeout How long one write to a connection may take before its peer counts
 * as too slow and the connection is closed. More than 0.
 * @param connectGap How long nothing follows the reply to the connect of a namespace
 * unless the client speaks first, for clients that lose what arrives at once with it. 0
 * to switch it off.
 * @param transport How WebSockets are served. 'auto' takes the library's own transport
 * where the container lets it, else the container's.
 * @param loops Number of threads that read and write in the library's own transport. By
 * default as many as there are processors, 4 at most.
 * @param heartbeat How long a peer may be silent before it is pinged, and how long it
 * then has to say anything before its connection is closed. 0 to switch it off.
 * @param shutdownTimeout How long the server waits, when it stops, for the handlers of
 * the end of its connections. More than 0.
 * @param overflow What becomes of events for a connection that does not keep up, in
 * namespaces that choose nothing.
 * @param executor Name of the Executor bean that runs handlers. By default the
 * application's task executor, which uses virtual threads when they are enabled.
 * @param handshake Properties of the HTTP request that opens a connection.
 * @param limits Bounds on what one connection may do.
 * @param rooms Properties of rooms.
 * @param errors Properties of the errors that peers see.
 * @param browserClient Properties of the client for browsers.
 * @since 0.1.0
 */
@ConfigurationProperties("neffos")
public record NeffosProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/neffos") String path,
		@DefaultValue List<String> allowedOrigins, @DefaultValue List<String> allowedOriginPatterns,
		@DefaultValue("10s") Duration askTimeout, @DefaultValue("10s") Duration sendTimeout,
		@DefaultValue("20ms") Duration connectGap, @DefaultValue("auto") Transport transport, @Nullable Integer loops,
		@DefaultValue("25s") Duration heartbeat, @DefaultValue("5s") Duration shutdownTimeout,
		@DefaultValue("close") Overflow overflow, @Nullable String executor, @DefaultValue Handshake handshake,
		@DefaultValue Limits limits, @DefaultValue Rooms rooms, @DefaultValue Errors errors,
		@DefaultValue BrowserClient browserClient) {

	/** How WebSockets are served. */
	public enum Transport {

		/** By the library where it is known to work (Tomcat), else as STANDARD. */
		AUTO,

		/** By the library, on connections that it takes over from the container. */
		UPGRADE,

		/** By the container's implementation of Jakarta WebSocket. */
		STANDARD

	}

	/**
	 * Properties of the HTTP request that opens a connection.
	 *
	 * @param timeout How long a client has, from the opening of the socket, to complete
	 * the acknowledgement. More than 0.
	 * @param headerParameters Names of headers that a client may also give as a URL
	 * parameter 'X-Websocket-Header-NAME', because browsers cannot set headers. They add
	 * to 'X-Websocket-Reconnect'. A header named here, such as 'Authorization', can be
	 * chosen by whoever makes a link.
	 * @param subprotocols WebSocket subprotocols that are accepted, the preferred one
	 * first. A client that offers some fails if none is accepted.
	 */
	public record Handshake(@DefaultValue("10s") Duration timeout, @DefaultValue List<String> headerParameters,
			@DefaultValue List<String> subprotocols) {
	}

	/**
	 * Bounds on what one connection may do.
	 *
	 * @param frameSize Size of an incoming message.
	 * @param receiveTimeout How long an incoming message may take to arrive, from its
	 * first byte to its last, in the library's own transport. More than 0.
	 * @param closeTimeout How long a peer has to answer when its connection is closed.
	 * More than 0.
	 * @param nameLength Characters of a namespace, room, event or token that comes in.
	 * @param namespaces Namespaces that are connected at a time.
	 * @param rooms Rooms that are joined at a time, over all namespaces.
	 * @param pendingAsks Asks that wait for an answer of the connection at a time.
	 * @param inboundQueue Messages of the connection that wait for its handlers. When
	 * there are as many, no more is read from it.
	 * @param inboundSize Size of the messages that wait for its handlers, together.
	 * @param inboundRate Messages a second, as an average. 0 for no bound.
	 * @param inboundBurst Messages that may come at once on top of the rate.
	 * @param outboxMessages Messages that wait to be written.
	 * @param outboxSize Size of the messages that wait to be written, together.
	 */
	public record Limits(@DefaultValue("64KB") DataSize frameSize, @DefaultValue("30s") Duration receiveTimeout,
			@DefaultValue("5s") Duration closeTimeout, @DefaultValue("256") int nameLength,
			@DefaultValue("64") int namespaces, @DefaultValue("1000") int rooms, @DefaultValue("256") int pendingAsks,
			@DefaultValue("1024") int inboundQueue, @DefaultValue("1MB") DataSize inboundSize,
			@DefaultValue("1000") int inboundRate, @DefaultValue("2000") int inboundBurst,
			@DefaultValue("4096") int outboxMessages, @DefaultValue("1MB") DataSize outboxSize) {
	}

	/**
	 * Properties of rooms.
	 *
	 * @param relay Whether a member's message to its room, of an event without handler,
	 * is relayed to every member. A namespace may choose otherwise for itself.
	 */
	public record Rooms(@DefaultValue("true") boolean relay) {
	}

	/**
	 * Properties of the errors that peers see.
	 *
	 * @param includeMessage Whether the message of an unexpected exception is sent to the
	 * peer. Without, the peer sees 'internal error'. The text of a refusal is always
	 * sent.
	 */
	public record Errors(@DefaultValue("false") boolean includeMessage) {
	}

	/**
	 * Properties of the client for browsers.
	 *
	 * @param enabled Whether the client is served as 'client.mjs' below the path of the
	 * endpoint.
	 */
	public record BrowserClient(@DefaultValue("true") boolean enabled) {
	}

}
