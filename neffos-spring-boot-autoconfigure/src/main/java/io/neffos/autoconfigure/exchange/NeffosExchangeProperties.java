package io.neffos.autoconfigure.exchange;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code neffos.exchange}. Immutable. What is illegal is reported
 * when the application starts, with the name of the property and what is legal.
 *
 * @param type What carries messages between servers. With 'memory' the server runs alone,
 * unless the application has an exchange of its own.
 * @param prefix What the channels of the exchange begin with. Servers with the same one
 * at the same broker are one. 1 to 64 of A-Z, a-z, 0-9, '_', '-', '=' and '.', with no
 * point at the beginning, at the end or after another.
 * @param lease How long a server that is not heard of any more counts as alive. From 1s
 * to 1h.
 * @param digestInterval How often a server tells the others what has changed of its
 * rooms. From 10ms to a thirtieth of the lease.
 * @param subscribeTimeout How long the broker may take to confirm that a channel is
 * subscribed, which a join waits for. From 1ms to 1d.
 * @param publishBuffer Size of what may wait to be sent to the broker. What is more is
 * dropped and counted. At least 64KB and less than 2GB.
 * @param start What to do when the broker is not reached at start. 'fail' ends the
 * application, 'wait' goes on alone until the broker is reached.
 * @param health What health says while the broker is away.
 * @param serverName What this server calls itself to operators. By default a name that is
 * made of its host and port. Up to 64 characters, none of them a control character.
 * @param nats Properties of the broker of type 'nats'.
 * @since 0.1.0
 */
@ConfigurationProperties("neffos.exchange")
public record NeffosExchangeProperties(@DefaultValue("memory") Type type, @DefaultValue("neffos") String prefix,
		@DefaultValue("15s") Duration lease, @DefaultValue("250ms") Duration digestInterval,
		@DefaultValue("2s") Duration subscribeTimeout, @DefaultValue("4MB") DataSize publishBuffer,
		@DefaultValue("fail") Start start, @DefaultValue("down") Health health, @Nullable String serverName,
		@DefaultValue Nats nats) {

	/** What carries messages between servers. */
	public enum Type {

		/** Nothing: the server runs alone. */
		MEMORY,

		/** Redis or Valkey, by the application's connection factory. */
		REDIS,

		/** NATS. */
		NATS

	}

	/** What to do when the broker is not reached at start. */
	public enum Start {

		/** End the application. */
		FAIL,

		/** Go on alone until the broker is reached. */
		WAIT

	}

	/** What health says while the broker is away. */
	public enum Health {

		/** The server is down. */
		DOWN,

		/** Nothing that takes the server out of service: it still serves its own. */
		UNKNOWN

	}

	/**
	 * Properties of the broker of type 'nats'.
	 *
	 * @param servers Addresses of the servers of one NATS cluster, such as
	 * 'nats://localhost:4222' or 'tls://nats.example.org:4222'.
	 * @param username Name of the user. Needs a password.
	 * @param password Password of the user.
	 * @param token Token, in place of a user.
	 * @param credentials File with the credentials ('.creds'), in place of a user or
	 * token.
	 * @param connectionName What the connection is called at the broker. By default
	 * 'neffos' with the name of the server where it has one.
	 * @param connectTimeout How long to connect to one server may take. From 1ms to 1d.
	 * @param ssl Properties of TLS.
	 */
	public record Nats(@DefaultValue("nats://localhost:4222") List<String> servers, @Nullable String username,
			@Nullable String password, @Nullable String token, @Nullable Resource credentials,
			@Nullable String connectionName, @DefaultValue("2s") Duration connectTimeout, @DefaultValue Ssl ssl) {

		/**
		 * What can be told without secrets.
		 * @return how many servers there are and which way to log in is set
		 */
		@Override
		public String toString() {
			return "Nats[servers=%d, username=%s, password=%s, token=%s, credentials=%s, ssl=%s]".formatted(
					this.servers.size(), isSet(this.username), isSet(this.password), isSet(this.token),
					isSet(this.credentials), this.ssl);
		}

		private static String isSet(@Nullable Object value) {
			return (value != null) ? "(set)" : "-";
		}

	}

	/**
	 * Properties of TLS.
	 *
	 * @param bundle Name of the SSL bundle of the connection. Without, addresses that
	 * begin with 'tls' use the JDK's own trust.
	 */
	public record Ssl(@Nullable String bundle) {
	}

}
