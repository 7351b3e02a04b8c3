package io.neffos.interop;

import java.io.IOException;
import java.net.http.HttpClient;

import org.jspecify.annotations.Nullable;

/** A server that runs in a process of its own, for clients to talk to. */
interface Peer extends AutoCloseable {

	/** Where clients connect. */
	String url();

	/** Its certificate, if it has one. */
	default @Nullable Tls tls() {
		return null;
	}

	/** What reaches it by HTTP. */
	default HttpClient http() {
		Tls tls = tls();
		HttpClient.Builder builder = HttpClient.newBuilder();
		return ((tls != null) ? builder.sslContext(tls.trusting()) : builder).build();
	}

	/** Whether it is the original, and not ours. */
	boolean isOriginal();

	/**
	 * Ends the server and starts it again on the same port.
	 * @param kill whether it gets no chance to close its connections itself
	 * @throws IOException if it cannot be started
	 */
	void restart(boolean kill) throws IOException;

	@Override
	void close();

}
