package io.neffos.autoconfigure;

import java.net.URI;
import java.time.Duration;

import io.neffos.client.ClientLimits;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.client.ReconnectPolicy;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@link NeffosClientProperties} as a builder wants them, or an exception that names the
 * property and what is legal.
 */
final class CheckedClientProperties {

	private final NeffosClientProperties properties;

	CheckedClientProperties(NeffosClientProperties properties) {
		this.properties = properties;
	}

	/** Everything that is not a bean. */
	void applyTo(NeffosClientBuilder builder) {
		URI uri = this.properties.uri();
		if (uri != null) {
			try {
				builder.uri(uri);
			}
			catch (IllegalArgumentException ex) {
				// The value may hold secrets in its query, the message does not.
				throw CheckedProperties.invalid("client.uri", uri.getScheme() + "://" + uri.getHost(),
						String.valueOf(ex.getMessage()));
			}
		}
		this.properties.headers().forEach(builder::header);
		builder
			.subprotocols(CheckedProperties.subprotocols("client.subprotocols", this.properties.subprotocols())
				.toArray(String[]::new))
			.dialTimeout(CheckedProperties.positive("client.dial-timeout", this.properties.dialTimeout()))
			.askTimeout(CheckedProperties.positive("client.ask-timeout", this.properties.askTimeout()))
			.sendTimeout(CheckedProperties.positive("client.send-timeout", this.properties.sendTimeout()))
			.heartbeat(CheckedProperties.zeroOrMore("client.heartbeat", this.properties.heartbeat()))
			.limits(limits())
			.reconnect(reconnect())
			.bufferWhileReconnecting(
					CheckedProperties.zeroOrMore("client.reconnect.buffer", this.properties.reconnect().buffer()))
			.includeErrorMessage(this.properties.errors().includeMessage());
	}

	Duration shutdownTimeout() {
		return CheckedProperties.positive("client.shutdown-timeout", this.properties.shutdownTimeout());
	}

	private ClientLimits limits() {
		NeffosClientProperties.Limits limits = this.properties.limits();
		return new ClientLimits(CheckedProperties.bytes("client.limits.frame-size", limits.frameSize()),
				CheckedProperties.positive("client.limits.rooms", limits.rooms()),
				CheckedProperties.positive("client.limits.pending-asks", limits.pendingAsks()),
				CheckedProperties.positive("client.limits.inbound-queue", limits.inboundQueue()),
				CheckedProperties.positive("client.limits.outbox-messages", limits.outboxMessages()),
				CheckedProperties.bytes("client.limits.outbox-size", limits.outboxSize()));
	}

	private ReconnectPolicy reconnect() {
		NeffosClientProperties.Reconnect reconnect = this.properties.reconnect();
		CheckedProperties.positive("client.reconnect.initial-delay", reconnect.initialDelay());
		CheckedProperties.zeroOrMore("client.reconnect.max-attempts", reconnect.maxAttempts());
		CheckedProperties.zeroOrMore("client.reconnect.give-up-after", reconnect.giveUpAfter());
		if (reconnect.maxDelay().compareTo(reconnect.initialDelay()) < 0) {
			throw range("max-delay", reconnect.maxDelay(), "The duration must not be less than initial-delay");
		}
		if (!(reconnect.multiplier() >= 1)) {
			throw range("multiplier", reconnect.multiplier(), "The number must be 1 or more");
		}
		if (!(reconnect.jitter() >= 0 && reconnect.jitter() <= 1)) {
			throw range("jitter", reconnect.jitter(), "The number must be from 0 to 1");
		}
		return new ReconnectPolicy(reconnect.enabled(), reconnect.initialDelay(), reconnect.maxDelay(),
				reconnect.multiplier(), reconnect.jitter(), reconnect.maxAttempts(), reconnect.giveUpAfter(),
				reconnect.retryRefused());
	}

	private static InvalidConfigurationPropertyValueException range(String name, Object value, String reason) {
		return CheckedProperties.invalid("client.reconnect." + name, value, reason);
	}

}
