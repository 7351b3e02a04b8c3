package io.neffos.client.jdk;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;

/**
 * Says why a WebSocket could not be opened. The texts name host and port and nothing else
 * of the address: path, query and user information may hold secrets.
 */
final class DialFailures {

	private static final int SWITCHING_PROTOCOLS = 101;

	private final DialRequest request;

	private final String peer;

	DialFailures(DialRequest request) {
		this.request = request;
		this.peer = peer(request.uri());
	}

	private static String peer(URI uri) {
		if (uri.getHost() == null) {
			return "an address without host";
		}
		int port = uri.getPort();
		if (port < 0) {
			port = "wss".equals(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) ? 443 : 80;
		}
		return uri.getHost() + ":" + port;
	}

	/** Host and port. */
	String peer() {
		return this.peer;
	}

	DialException of(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof DialException ex) {
			return ex;
		}
		if (cause instanceof WebSocketHandshakeException ex) {
			int status = ex.getResponse().statusCode();
			String text = (status != SWITCHING_PROTOCOLS) ? " instead of opening a WebSocket"
					: ", but not with a handshake of a WebSocket";
			return new DialException("The server at " + this.peer + " answered " + status + text, status, ex);
		}
		return new DialException(text(cause), cause);
	}

	private String text(Throwable cause) {
		if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
			return this.peer + " did not answer within " + this.request.timeout().toMillis() + " ms";
		}
		if (cause instanceof UnknownHostException || cause.getCause() instanceof UnresolvedAddressException) {
			return "The host of " + this.peer + " is not known";
		}
		if (cause instanceof ConnectException) {
			return "Nobody accepts connections at " + this.peer;
		}
		if (cause instanceof SSLException) {
			return "No secure connection to " + this.peer + ": " + cause.getMessage();
		}
		if (cause instanceof IllegalArgumentException) {
			return "The HttpClient refuses the request to " + this.peer + ": " + cause.getMessage();
		}
		return "The connection to " + this.peer + " failed before it was answered (" + cause.getClass().getSimpleName()
				+ ")";
	}

}
