package io.neffos;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP request a connection came with. Immutable.
 *
 * @param uri the request URI
 * @param headers the headers, names in any letter case; parameters that the allow-list
 * turns into headers are among them
 * @param principal who the request was made as, or {@code null}
 * @param remoteAddress where it came from, or {@code null} when the container does not
 * tell
 * @param subprotocol the subprotocol that was agreed, or {@code null}
 * @since 0.1.0
 */
public record HandshakeInfo(URI uri, Map<String, List<String>> headers, @Nullable Principal principal,
		@Nullable InetSocketAddress remoteAddress, @Nullable String subprotocol) {

	/** Header with the number of attempts of a client that comes back. */
	public static final String RECONNECT_HEADER = "X-Websocket-Reconnect";

	/**
	 * Canonical form with a copy of the headers.
	 * @param uri the request URI
	 * @param headers the headers
	 * @param principal who the request was made as
	 * @param remoteAddress where it came from
	 * @param subprotocol the subprotocol that was agreed
	 */
	public HandshakeInfo {
		headers = HeaderMap.copyOf(headers);
	}

	/**
	 * The first value of a header.
	 * @param name its name, in any letter case
	 * @return the value, or {@code null}
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : null;
	}

	/**
	 * How often the client has tried to come back (protocol section 1).
	 * @return the count; 0 for a first connection or a value that is no number
	 */
	public int reconnectTries() {
		String value = header(RECONNECT_HEADER);
		if (value == null) {
			return 0;
		}
		try {
			return Integer.parseInt(value.trim());
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

}
