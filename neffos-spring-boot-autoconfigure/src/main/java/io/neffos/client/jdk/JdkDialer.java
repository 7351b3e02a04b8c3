package io.neffos.client.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets with the HTTP client of the JDK. Safe for concurrent use; no method
 * blocks or throws, and every future ends within the time of its request. A WebSocket
 * that opens when nobody waits for it any more is aborted.
 * <p>
 * TLS, proxies, authentication and the threads that read are those of the client that is
 * handed in; it stays the property of who made it and is not closed here.
 *
 * @since 0.1.0
 */
public final class JdkDialer implements Dialer {

	private final HttpClient http;

	/**
	 * Create a dialer.
	 * @param http makes the connections; must not follow redirects
	 * @throws IllegalArgumentException if the client follows redirects: a server of the
	 * original answers the probe with a redirect to nowhere, which such a client takes
	 * for a failure
	 */
	public JdkDialer(HttpClient http) {
		if (http.followRedirects() != HttpClient.Redirect.NEVER) {
			throw new IllegalArgumentException("The HttpClient follows redirects (" + http.followRedirects()
					+ "), but a neffos server may answer a probe with a redirect that leads nowhere;"
					+ " build it with followRedirects(HttpClient.Redirect.NEVER)");
		}
		this.http = http;
	}

	@Override
	public CompletableFuture<DialedSocket> dial(DialRequest request) {
		CompletableFuture<DialedSocket> result = new CompletableFuture<>();
		DialFailures failures = new DialFailures(request);
		try {
			checkAddress(request.uri());
			WebSocket.Builder builder = this.http.newWebSocketBuilder().connectTimeout(request.timeout());
			request.headers().forEach((name, values) -> values.forEach((value) -> builder.header(name, value)));
			checkHeaders(request);
			List<String> subprotocols = request.subprotocols();
			if (!subprotocols.isEmpty()) {
				builder.subprotocols(subprotocols.get(0),
						subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
			}
			JdkListener listener = new JdkListener(failures.peer(), request.maxFrameSize());
			result.whenComplete((socket, failure) -> {
				if (failure != null) {
					listener.abandon();
				}
			});
			CompletableFuture<WebSocket> attempt = builder.buildAsync(request.uri(), listener);
			// Not in the listener's onOpen: reading cannot begin before that has
			// returned.
			attempt.thenAccept((webSocket) -> result.complete(new JdkSocket(webSocket, listener, request.heartbeat())));
			bound(request, failures, result, attempt);
		}
		catch (DialException | RuntimeException ex) {
			result.completeExceptionally(failures.of(ex));
		}
		return result;
	}

	@Override
	public CompletableFuture<@Nullable Void> probe(DialRequest request) {
		CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
		DialFailures failures = new DialFailures(request);
		try {
			checkAddress(request.uri());
			// Only the scheme differs: ws becomes http, wss becomes https. The version is
			// named because a client that prefers HTTP/2 would ask for an upgrade to it,
			// and servers that expect one to WebSocket would see the wrong one.
			HttpRequest.Builder builder = HttpRequest
				.newBuilder(URI.create("http" + request.uri().toString().substring("ws".length())))
				.method("HEAD", BodyPublishers.noBody())
				.version(HttpClient.Version.HTTP_1_1)
				.timeout(request.timeout());
			request.headers().forEach((name, values) -> values.forEach((value) -> addHeader(builder, name, value)));
			CompletableFuture<?> answer = this.http.sendAsync(builder.build(), BodyHandlers.discarding());
			answer.thenRun(() -> result.complete(null));
			bound(request, failures, result, answer);
		}
		catch (DialException | RuntimeException ex) {
			result.completeExceptionally(failures.of(ex));
		}
		return result;
	}

	/** Checked here because the JDK's own texts hold the whole address. */
	private static void checkAddress(URI uri) throws DialException {
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!scheme.equals("ws") && !scheme.equals("wss")) {
			throw new DialException("An address of a WebSocket begins with ws: or wss:, not with '" + scheme + ":'",
					null);
		}
		if (uri.getHost() == null) {
			throw new DialException("The address of the WebSocket has no host", null);
		}
		if (uri.getRawFragment() != null) {
			throw new DialException("The address of a WebSocket has no fragment (what follows '#')", null);
		}
	}

	/** Checked here because the JDK's own texts hold values, which may be secret. */
	private static void checkHeaders(DialRequest request) throws DialException {
		HttpRequest.Builder builder = HttpRequest.newBuilder();
		for (var header : request.headers().entrySet()) {
			for (String value : header.getValue()) {
				if (!addHeader(builder, header.getKey(), value)) {
					throw new DialException("The header '" + header.getKey()
							+ "' cannot be sent: the HttpClient reserves its name, or it is not legal", null);
				}
			}
		}
	}

	private static boolean addHeader(HttpRequest.Builder builder, String name, String value) {
		try {
			builder.header(name, value);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Fail the result when the attempt fails or takes too long, and give up the attempt
	 * when nobody waits for the result any more. The timeout the JDK is given ends with
	 * the headers of the answer; this one ends with the result.
	 */
	private static void bound(DialRequest request, DialFailures failures, CompletableFuture<?> result,
			CompletableFuture<?> attempt) {
		CompletableFuture<@Nullable Void> deadline = new CompletableFuture<>();
		attempt.whenComplete((answer, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failures.of(failure));
			}
		});
		deadline.whenComplete((nothing, late) -> {
			if (late != null) {
				result.completeExceptionally(failures.of(late));
			}
		});
		result.whenComplete((answer, failure) -> {
			deadline.complete(null);
			if (failure != null) {
				attempt.cancel(true);
			}
		});
		deadline.orTimeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
	}

}
