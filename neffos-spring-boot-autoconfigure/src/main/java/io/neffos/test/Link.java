package io.neffos.test;

import java.net.URI;
import java.net.http.HttpClient;

import io.neffos.NeffosServer;
import io.neffos.client.jdk.JdkDialer;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;

/**
 * Where connections lead.
 *
 * @param dialer what opens them
 * @param uri where to
 * @param server who answers, if it is in this process
 */
record Link(Dialer dialer, URI uri, @Nullable NeffosServer server) {

	private static final URI MEMORY = URI.create("ws://localhost/neffos");

	/** One for all, which lives as long as the process. */
	static Dialer network() {
		return Network.DIALER;
	}

	static Link inMemory(MemoryDialer dialer, NeffosServer server) {
		return new Link(dialer, MEMORY, server);
	}

	/** Made when it is first needed. */
	private static final class Network {

		static final Dialer DIALER = new JdkDialer(HttpClient.newHttpClient());

	}

}
