package io.neffos.autoconfigure.exchange;

import java.time.Duration;

import io.neffos.autoconfigure.exchange.NeffosExchangeProperties.Nats;
import io.neffos.autoconfigure.exchange.NeffosExchangeProperties.Start;
import io.neffos.exchange.nats.NatsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * {@link NeffosExchangeProperties} that are legal, or an exception that names the
 * property and what is.
 */
final class CheckedExchangeProperties {

	private static final Duration A_DAY = Duration.ofDays(1);

	private static final int LONGEST_NAME = 64;

	private static final long SMALLEST_BUFFER = 64 * 1024;

	private static final String HIDDEN = "(hidden)";

	private final NeffosExchangeProperties properties;

	CheckedExchangeProperties(NeffosExchangeProperties properties) {
		this.properties = properties;
		checkPrefix(properties.prefix());
		between("lease", properties.lease(), Duration.ofSeconds(1), Duration.ofHours(1), "from 1s to 1h");
		between("digest-interval", properties.digestInterval(), Duration.ofMillis(10), properties.lease().dividedBy(30),
				"from 10ms to a thirtieth of neffos.exchange.lease");
		between("subscribe-timeout", properties.subscribeTimeout(), Duration.ofMillis(1), A_DAY, "from 1ms to 1d");
		checkBuffer(properties.publishBuffer());
		checkName(properties.serverName());
		checkNats(properties.nats());
	}

	private static void checkPrefix(String prefix) {
		boolean legal = !prefix.isEmpty() && prefix.length() <= LONGEST_NAME && !prefix.startsWith(".")
				&& !prefix.endsWith(".") && !prefix.contains("..")
				&& prefix.chars()
					.allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
							|| "_-=.".indexOf(c) >= 0);
		if (!legal) {
			throw invalid("prefix", prefix, "A prefix is made of 1 to 64 of A-Z, a-z, 0-9, '_', '-', '=' and '.', with"
					+ " no point at the beginning, at the end or after another");
		}
	}

	private static void checkBuffer(DataSize buffer) {
		if (buffer.toBytes() < SMALLEST_BUFFER || buffer.toBytes() > Integer.MAX_VALUE) {
			throw invalid("publish-buffer", buffer, "The size must be at least 64KB and less than 2GB");
		}
	}

	private static void checkName(@Nullable String name) {
		if (name != null
				&& (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))) {
			throw invalid("server-name", name,
					"A name has 1 to 64 characters, one of them not a space and none a control character");
		}
	}

	private static void checkNats(Nats nats) {
		if (nats.servers().isEmpty()) {
			throw invalid("nats.servers", "", "At least one address is needed, such as 'nats://localhost:4222'");
		}
		for (String server : nats.servers()) {
			if (!NatsSettings.isAddress(server)) {
				throw invalid("nats.servers", server.contains("@") ? HIDDEN : server,
						"An address is 'nats' or 'tls', a host and perhaps a port, such as 'nats://localhost:4222'."
								+ " Who logs in is told by neffos.exchange.nats.username and .password, .token or"
								+ " .credentials");
			}
		}
		between("nats.connect-timeout", nats.connectTimeout(), Duration.ofMillis(1), A_DAY, "from 1ms to 1d");
		if ((nats.username() != null) != (nats.password() != null)) {
			throw invalid((nats.username() != null) ? "nats.username" : "nats.password", HIDDEN,
					"A user needs both neffos.exchange.nats.username and neffos.exchange.nats.password");
		}
		int ways = ((nats.username() != null) ? 1 : 0) + ((nats.token() != null) ? 1 : 0)
				+ ((nats.credentials() != null) ? 1 : 0);
		if (ways > 1) {
			throw invalid((nats.token() != null) ? "nats.token" : "nats.credentials", HIDDEN,
					"Only one of neffos.exchange.nats.username, .token and .credentials can be set");
		}
	}

	private static void between(String name, Duration value, Duration least, Duration most, String range) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw invalid(name, value, "The duration must be " + range);
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, Object value, String reason) {
		return new InvalidConfigurationPropertyValueException("neffos.exchange." + name, value, reason);
	}

	NeffosExchangeProperties.Type type() {
		return this.properties.type();
	}

	Duration subscribeTimeout() {
		return this.properties.subscribeTimeout();
	}

	int publishBuffer() {
		return (int) this.properties.publishBuffer().toBytes();
	}

	boolean isToWait() {
		return this.properties.start() == Start.WAIT;
	}

	/** What the connection is called at the broker. */
	String connectionName() {
		String name = this.properties.nats().connectionName();
		if (name != null) {
			return name;
		}
		String server = this.properties.serverName();
		return (server != null) ? "neffos-" + server : "neffos";
	}

	Nats nats() {
		return this.properties.nats();
	}

}
