package io.neffos.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.neffos.HandshakeInfo;
import io.neffos.engine.EngineSettings;
import io.neffos.nio.StreamSettings;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * {@link NeffosProperties} as the rest of the library wants them, or an exception that
 * names the property and what is legal. Checked here rather than while they are bound,
 * because Spring Boot then reports where the value came from.
 */
final class CheckedProperties {

	private static final Set<String> FRAMING_HEADERS = Set.of("host", "connection", "upgrade", "content-length",
			"transfer-encoding");

	private static final String HANDSHAKE_PREFIX = "sec-websocket-";

	private static final int MOST_LOOPS = 4;

	private final NeffosProperties properties;

	CheckedProperties(NeffosProperties properties) {
		this.properties = properties;
	}

	EngineSettings settings() {
		NeffosProperties.Limits limits = this.properties.limits();
		return new EngineSettings(positive("ask-timeout", this.properties.askTimeout()),
				positive("handshake.timeout", this.properties.handshake().timeout()),
				positive("send-timeout", this.properties.sendTimeout()),
				zeroOrMore("connect-gap", this.properties.connectGap()), bytes("limits.frame-size", limits.frameSize()),
				positive("limits.name-length", limits.nameLength()), positive("limits.namespaces", limits.namespaces()),
				positive("limits.rooms", limits.rooms()), positive("limits.pending-asks", limits.pendingAsks()),
				positive("limits.inbound-queue", limits.inboundQueue()),
				bytes("limits.inbound-size", limits.inboundSize()),
				zeroOrMore("limits.inbound-rate", limits.inboundRate()),
				positive("limits.inbound-burst", limits.inboundBurst()),
				positive("limits.outbox-messages", limits.outboxMessages()),
				bytes("limits.outbox-size", limits.outboxSize()), this.properties.overflow(),
				this.properties.rooms().relay(), this.properties.errors().includeMessage());
	}

	/** Bounds of sockets of our own. */
	StreamSettings streamSettings(EngineSettings engine) {
		return new StreamSettings(engine.maxFrameSize(), engine.sendTimeout(),
				upToADay("limits.receive-timeout", this.properties.limits().receiveTimeout()), closeTimeout(),
				heartbeat());
	}

	Duration closeTimeout() {
		return upToADay("limits.close-timeout", this.properties.limits().closeTimeout());
	}

	Duration heartbeat() {
		Duration heartbeat = this.properties.heartbeat();
		return heartbeat.isZero() ? heartbeat : upToADay("heartbeat", heartbeat);
	}

	int loops() {
		Integer loops = this.properties.loops();
		return (loops != null) ? positive("loops", loops)
				: Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
	}

	private static Duration upToADay(String name, Duration value) {
		if (value.isNegative() || value.toMillis() == 0 || value.compareTo(Duration.ofDays(1)) > 0) {
			throw invalid(name, value, "The duration must be from 1ms to 1d, such as '30s'");
		}
		return value;
	}

	Duration shutdownTimeout() {
		return positive("shutdown-timeout", this.properties.shutdownTimeout());
	}

	String path() {
		String path = this.properties.path();
		if (!path.startsWith("/") || path.length() == 1 || path.endsWith("/") || path.contains("//")
				|| path.chars().anyMatch((c) -> "*?{}#%; ".indexOf(c) >= 0)) {
			throw invalid("path", path, "A path begins with '/', has at least one more character, does not end with"
					+ " '/' and has no wildcards, variables or encoded characters, such as '/neffos'");
		}
		return path;
	}

	/** The names, with the one that is always there. */
	Set<String> headerParameters() {
		Set<String> names = new LinkedHashSet<>();
		names.add(HandshakeInfo.RECONNECT_HEADER);
		for (String name : this.properties.handshake().headerParameters()) {
			String lower = name.toLowerCase(Locale.ROOT);
			if (!isToken(name)) {
				throw invalid("handshake.header-parameters", name, "This is not the name of a header");
			}
			if (FRAMING_HEADERS.contains(lower) || lower.startsWith(HANDSHAKE_PREFIX)) {
				throw invalid("handshake.header-parameters", name,
						"A URL parameter cannot stand for this header; any but Host, Connection, Upgrade,"
								+ " Content-Length, Transfer-Encoding and Sec-WebSocket-* can be named");
			}
			names.add(name);
		}
		return names;
	}

	List<String> subprotocols() {
		return subprotocols("handshake.subprotocols", this.properties.handshake().subprotocols());
	}

	static List<String> subprotocols(String property, List<String> names) {
		for (String name : names) {
			if (!isToken(name)) {
				throw invalid(property, name, "A subprotocol is made of letters, digits and !#$%&'*+-.^_`|~");
			}
		}
		return names;
	}

	private static boolean isToken(String name) {
		return !name.isEmpty() && name.chars()
			.allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
					|| "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
	}

	static Duration positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw invalid(name, value, "The duration must be more than 0, such as '10s'");
		}
		return value;
	}

	static Duration zeroOrMore(String name, Duration value) {
		if (value.isNegative()) {
			throw invalid(name, value, "The duration must be 0 or more");
		}
		return value;
	}

	static int positive(String name, int value) {
		if (value <= 0) {
			throw invalid(name, value, "The number must be 1 or more");
		}
		return value;
	}

	static int zeroOrMore(String name, int value) {
		if (value < 0) {
			throw invalid(name, value, "The number must be 0 or more; 0 is no bound");
		}
		return value;
	}

	static int bytes(String name, DataSize size) {
		if (size.toBytes() <= 0 || size.toBytes() > Integer.MAX_VALUE) {
			throw invalid(name, size, "The size must be at least 1B and less than 2GB");
		}
		return (int) size.toBytes();
	}

	static InvalidConfigurationPropertyValueException invalid(String name, Object value, String reason) {
		return new InvalidConfigurationPropertyValueException("neffos." + name, value, reason);
	}

}
