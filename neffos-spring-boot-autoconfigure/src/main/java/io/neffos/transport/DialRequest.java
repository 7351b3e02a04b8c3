package io.neffos.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where a WebSocket leads and how it is opened. Immutable.
 *
 * @param uri an address that begins with {@code ws} or {@code wss}
 * @param headers more headers of the HTTP request
 * @param subprotocols subprotocols that are offered, the preferred one first
 * @param timeout how long opening may take, more than 0
 * @param maxFrameSize how many bytes a message that comes in may have, more than 0
 * @param heartbeat how often to ask for a sign of life on a silent connection, which is
 * lost when none comes before it is time to ask again; {@link Duration#ZERO} never asks
 * @since 0.1.0
 */
public record DialRequest(URI uri, Map<String, List<String>> headers, List<String> subprotocols, Duration timeout,
		int maxFrameSize, Duration heartbeat) {

	/**
	 * Canonical form with copies of the collections.
	 * @param uri an address
	 * @param headers more headers
	 * @param subprotocols subprotocols
	 * @param timeout how long opening may take
	 * @param maxFrameSize how many bytes a message may have
	 * @param heartbeat how often to ask for a sign of life
	 */
	public DialRequest {
		headers = Map.copyOf(headers);
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * A request for a socket that never asks for a sign of life.
	 * @param uri an address
	 * @param headers more headers
	 * @param subprotocols subprotocols
	 * @param timeout how long opening may take
	 * @param maxFrameSize how many bytes a message may have
	 */
	public DialRequest(URI uri, Map<String, List<String>> headers, List<String> subprotocols, Duration timeout,
			int maxFrameSize) {
		this(uri, headers, subprotocols, timeout, maxFrameSize, Duration.ZERO);
	}

}
