package io.neffos.test;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;

/**
 * How connections are opened. Immutable.
 *
 * @param user who opens them, or {@code null} to leave that to the dialer
 * @param headers more headers
 * @param parameters more parameters of the address, written as they are sent
 * @param subprotocols subprotocols that are offered
 */
record DialSettings(@Nullable Principal user, Map<String, List<String>> headers, List<String> parameters,
		List<String> subprotocols) {

	static final DialSettings NONE = new DialSettings(null, Map.of(), List.of(), List.of());

	private static final int MAX_FRAME_SIZE = 16 * 1024 * 1024;

	DialSettings as(@Nullable Principal value) {
		return new DialSettings(value, this.headers, this.parameters, this.subprotocols);
	}

	DialSettings header(String name, String value) {
		Map<String, List<String>> changed = new LinkedHashMap<>(this.headers);
		changed.put(name, append(changed.getOrDefault(name, List.of()), value));
		return new DialSettings(this.user, Map.copyOf(changed), this.parameters, this.subprotocols);
	}

	DialSettings parameter(String name, String value) {
		return new DialSettings(this.user, this.headers, append(this.parameters, encode(name) + '=' + encode(value)),
				this.subprotocols);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	DialSettings subprotocol(String name) {
		return new DialSettings(this.user, this.headers, this.parameters, append(this.subprotocols, name));
	}

	private static List<String> append(List<String> list, String value) {
		List<String> result = new ArrayList<>(list);
		result.add(value);
		return List.copyOf(result);
	}

	DialedSocket dial(Link link, Duration patience) {
		try {
			return tryDial(link, patience);
		}
		catch (DialException ex) {
			throw new AssertionError("Expected a connection to " + link.uri() + "\nbut it could not be opened: "
					+ ex.getMessage() + status(ex), ex);
		}
	}

	void expectHttpStatus(Link link, Duration patience, int status) {
		String expected = "Expected the HTTP status " + status + " from " + link.uri() + "\nbut ";
		if (link.dialer() instanceof MemoryDialer) {
			throw new IllegalStateException("Connections in memory know no HTTP status: use a real port");
		}
		try {
			tryDial(link, patience).close(new CloseReason(CloseReason.NORMAL, ""));
		}
		catch (DialException ex) {
			if (ex.status() != status) {
				throw new AssertionError(expected + "it could not be opened: " + ex.getMessage() + status(ex), ex);
			}
			return;
		}
		throw new AssertionError(expected + "a connection was opened");
	}

	private static String status(DialException ex) {
		return (ex.status() != 0) ? " (HTTP status " + ex.status() + ")" : "";
	}

	private DialedSocket tryDial(Link link, Duration patience) throws DialException {
		DialRequest request = new DialRequest(address(link.uri()), this.headers, this.subprotocols, patience,
				MAX_FRAME_SIZE);
		try {
			// The dialer keeps to the time of the request; this is for one that does not.
			return dialer(link).dial(request).get(patience.toNanos() * 2, TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof DialException failure) ? failure
					: new DialException(String.valueOf(ex.getCause()), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new DialException("no answer within " + patience.toMillis() + " ms", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DialException("interrupted", ex);
		}
	}

	/** With the parameters. */
	private URI address(URI uri) {
		if (this.parameters.isEmpty()) {
			return uri;
		}
		String separator = (uri.getRawQuery() != null) ? "&" : "?";
		return URI.create(uri + separator + String.join("&", this.parameters));
	}

	private Dialer dialer(Link link) {
		if (this.user == null) {
			return link.dialer();
		}
		if (link.dialer() instanceof MemoryDialer memory) {
			return memory.as(this.user);
		}
		throw new IllegalStateException("Only in memory can a test say who connects. Over a network the server finds "
				+ "out: send what it needs with header(name, value)");
	}

}
