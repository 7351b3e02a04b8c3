package io.neffos.exchange.nats;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * How to reach NATS, and what to expect of it.
 *
 * @param servers addresses of the servers of one NATS cluster, 1 or more
 * @param login how to log in
 * @param ssl TLS, or {@code null} for that of the JDK where an address begins with
 * {@code tls}
 * @param connectionName what the connection is called at the broker, and what the names
 * of its threads begin with
 * @param connectTimeout how long to connect to one server may take
 * @param answerTimeout how long the broker may take to answer before it counts as away
 * @param publishBuffer bytes that may wait until the broker has taken them
 * @param patient whether to go on without a broker that is not reached at start
 * @since 0.1.0
 */
public record NatsSettings(List<String> servers, Login login, @Nullable SSLContext ssl, String connectionName,
		Duration connectTimeout, Duration answerTimeout, long publishBuffer, boolean patient) {

	/**
	 * Copies the addresses.
	 * @throws IllegalArgumentException if there is no address, or one that is none
	 */
	public NatsSettings {
		servers = List.copyOf(servers);
		if (servers.isEmpty() || !servers.stream().allMatch(NatsSettings::isAddress)) {
			throw new IllegalArgumentException("The addresses of NATS must be like 'nats://localhost:4222'");
		}
	}

	/**
	 * Whether this is an address: {@code nats} or {@code tls}, a host and perhaps a port.
	 * Secrets have no place in it, because addresses are logged.
	 * @param server what may be one
	 * @return {@code false} if it is none
	 */
	public static boolean isAddress(String server) {
		try {
			URI uri = new URI(server);
			return ("nats".equals(uri.getScheme()) || "tls".equals(uri.getScheme())) && uri.getHost() != null
					&& uri.getRawUserInfo() == null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null
					&& uri.getRawFragment() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/** Whether the connection is encrypted. */
	boolean isSecure() {
		return this.ssl != null || this.servers.stream().anyMatch((server) -> server.startsWith("tls:"));
	}

	/** The addresses, for messages. */
	String addresses() {
		return String.join(", ", this.servers);
	}

	/**
	 * How to log in: by user and password, by token, by credentials, or not at all.
	 *
	 * @param username the user, or {@code null}
	 * @param password the password of the user, or {@code null}
	 * @param token the token, or {@code null}
	 * @param credentials what a {@code .creds} file holds, or {@code null}
	 * @since 0.1.0
	 */
	public record Login(@Nullable String username, @Nullable String password, @Nullable String token,
			@Nullable String credentials) {

		/** Not at all. */
		public static final Login NONE = new Login(null, null, null, null);

		@Override
		public String toString() {
			return "Login[***]";
		}

	}

}
