package io.neffos.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.neffos.engine.EngineSettings;
import io.neffos.nio.StreamSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link NeffosProperties} and {@link CheckedProperties}. */
class CheckedPropertiesTests {

	@Test
	void defaultsAreThoseOfTheEngine() {
		CheckedProperties checked = checked(Map.of());
		assertThat(checked.settings()).isEqualTo(EngineSettings.DEFAULTS);
		assertThat(checked.path()).isEqualTo("/neffos");
		assertThat(checked.headerParameters()).containsExactly("X-Websocket-Reconnect");
		assertThat(checked.subprotocols()).isEmpty();
		assertThat(checked.shutdownTimeout()).isEqualTo(Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@CsvSource({ "ask-timeout,3s,askTimeout,PT3S", "handshake.timeout,4s,handshakeTimeout,PT4S",
			"send-timeout,5s,sendTimeout,PT5S", "connect-gap,0ms,connectGap,PT0S",
			"limits.frame-size,1KB,maxFrameSize,1024", "limits.name-length,17,maxNameLength,17",
			"limits.namespaces,18,maxNamespaces,18", "limits.rooms,19,maxRooms,19",
			"limits.pending-asks,20,maxPendingAsks,20", "limits.inbound-queue,21,maxInboundQueue,21",
			"limits.inbound-rate,0,maxInboundRate,0", "limits.inbound-burst,22,maxInboundBurst,22",
			"limits.outbox-messages,23,maxOutboxFrames,23", "limits.outbox-size,2MB,maxOutboxBytes,2097152",
			"overflow,drop-oldest,overflow,DROP_OLDEST", "rooms.relay,false,relay,false",
			"errors.include-message,true,includeErrorMessage,true" })
	void eachSettingHasItsProperty(String property, String value, String component, String expected) {
		EngineSettings settings = checked(Map.of("neffos." + property, value)).settings();
		assertThat(settings).hasToString(
				EngineSettings.DEFAULTS.toString().replaceAll(component + "=[^,\\]]*", component + "=" + expected));
		assertThat(settings).isNotEqualTo(EngineSettings.DEFAULTS);
	}

	@ParameterizedTest
	@CsvSource({ "ask-timeout,0", "ask-timeout,-1s", "handshake.timeout,0s", "send-timeout,0s", "connect-gap,-1ms",
			"limits.frame-size,0B", "limits.frame-size,2GB", "limits.name-length,0", "limits.namespaces,0",
			"limits.rooms,-1", "limits.pending-asks,0", "limits.inbound-queue,0", "limits.inbound-rate,-1",
			"limits.inbound-burst,0", "limits.outbox-messages,0", "limits.outbox-size,0B" })
	void illegalSettingsAreNamed(String property, String value) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> checked(Map.of("neffos." + property, value)).settings())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("neffos." + property))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("must be"));
	}

	@Test
	void shutdownTimeoutHasItsProperty() {
		assertThat(checked(Map.of("neffos.shutdown-timeout", "7s")).shutdownTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> checked(Map.of("neffos.shutdown-timeout", "0s")).shutdownTimeout())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("neffos.shutdown-timeout"));
	}

	@Test
	void socketsOfOurOwnHaveTheirProperties() {
		EngineSettings engine = EngineSettings.DEFAULTS;
		assertThat(checked(Map.of()).streamSettings(engine)).isEqualTo(new StreamSettings(engine.maxFrameSize(),
				engine.sendTimeout(), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(25)));
		assertThat(checked(Map.of("neffos.limits.receive-timeout", "7s", "neffos.limits.close-timeout", "8s",
				"neffos.heartbeat", "9s"))
			.streamSettings(engine))
			.isEqualTo(new StreamSettings(engine.maxFrameSize(), engine.sendTimeout(), Duration.ofSeconds(7),
					Duration.ofSeconds(8), Duration.ofSeconds(9)));
		assertThat(checked(Map.of("neffos.heartbeat", "0")).heartbeat()).isZero();
		assertThat(checked(Map.of("neffos.loops", "3")).loops()).isEqualTo(3);
		assertThat(checked(Map.of()).loops()).isBetween(1, 4);
	}

	@ParameterizedTest
	@CsvSource({ "heartbeat,-1s", "heartbeat,25h", "limits.receive-timeout,0", "limits.receive-timeout,2d",
			"limits.close-timeout,-1s", "limits.close-timeout,25h", "loops,0" })
	void illegalSettingsOfSocketsOfOurOwnAreNamed(String property, String value) {
		CheckedProperties checked = checked(Map.of("neffos." + property, value));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(() -> {
			checked.streamSettings(EngineSettings.DEFAULTS);
			checked.loops();
		})
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("neffos." + property))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("must be"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "neffos", "/", "/neffos/", "/neffos/**", "/{name}", "//a", "/a b", "/a%20b" })
	void illegalPathsAreNamed(String path) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> checked(Map.of("neffos.path", path)).path())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("neffos.path"));
	}

	@Test
	void headerParametersAddToTheDefault() {
		assertThat(checked(Map.of("neffos.handshake.header-parameters", "X-Visitor-Name,Authorization"))
			.headerParameters()).containsExactly("X-Websocket-Reconnect", "X-Visitor-Name", "Authorization");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "connection", "Upgrade", "Sec-WebSocket-Key", "sec-websocket-protocol",
			"Content-Length", "Transfer-Encoding", "X Y", "X:Y" })
	void headersOfTheHandshakeItselfAreRefused(String name) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> checked(Map.of("neffos.handshake.header-parameters[0]", name)).headerParameters())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("neffos.handshake.header-parameters"))
			.satisfies((ex) -> assertThat(ex.getValue()).isEqualTo(name));
	}

	@Test
	void subprotocolsAreTokens() {
		assertThat(checked(Map.of("neffos.handshake.subprotocols", "neffos.v1,b")).subprotocols())
			.containsExactly("neffos.v1", "b");
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> checked(Map.of("neffos.handshake.subprotocols[0]", "a b")).subprotocols());
	}

	private static CheckedProperties checked(Map<String, String> values) {
		return new CheckedProperties(
				new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("neffos", NeffosProperties.class));
	}

}
