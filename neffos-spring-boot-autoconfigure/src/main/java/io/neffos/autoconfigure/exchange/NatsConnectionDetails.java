package io.neffos.autoconfigure.exchange;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.io.Resource;

/**
 * How to reach NATS. A bean of it takes the place of the properties under
 * {@code neffos.exchange.nats} that say the same.
 *
 * @since 0.1.0
 */
public interface NatsConnectionDetails extends ConnectionDetails {

	/**
	 * The servers of one NATS cluster.
	 * @return addresses such as {@code nats://localhost:4222}, 1 or more
	 */
	List<String> getServers();

	/**
	 * The user to log in as.
	 * @return the name, or {@code null} without one
	 */
	default @Nullable String getUsername() {
		return null;
	}

	/**
	 * The password of the user.
	 * @return the password, or {@code null} without one
	 */
	default @Nullable String getPassword() {
		return null;
	}

	/**
	 * The token to log in with.
	 * @return the token, or {@code null} without one
	 */
	default @Nullable String getToken() {
		return null;
	}

	/**
	 * The credentials to log in with.
	 * @return what is in a {@code .creds} file, or {@code null} without one
	 */
	default @Nullable Resource getCredentials() {
		return null;
	}

	/**
	 * The keys and certificates of the connection.
	 * @return the bundle, or {@code null} for those of the JDK where an address begins
	 * with {@code tls}
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

}
