package io.neffos.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What an IDE knows of the properties. */
class MetadataTests {

	private static final JsonMapper JSON = new JsonMapper();

	@Test
	void eachPropertyIsDescribed() throws IOException {
		JsonNode properties = read("META-INF/spring-configuration-metadata.json").get("properties");
		Set<String> names = new HashSet<>();
		for (JsonNode property : properties) {
			names.add(property.get("name").asString());
			assertThat(property.path("description").asString("")).as(property.get("name").asString()).endsWith(".");
		}
		assertThat(names).contains("neffos.enabled", "neffos.path", "neffos.allowed-origins",
				"neffos.allowed-origin-patterns", "neffos.ask-timeout", "neffos.send-timeout", "neffos.connect-gap",
				"neffos.shutdown-timeout", "neffos.transport", "neffos.loops", "neffos.heartbeat",
				"neffos.limits.receive-timeout", "neffos.limits.close-timeout", "neffos.executor",
				"neffos.handshake.timeout", "neffos.handshake.header-parameters", "neffos.handshake.subprotocols",
				"neffos.limits.frame-size", "neffos.limits.name-length", "neffos.limits.namespaces",
				"neffos.limits.rooms", "neffos.limits.pending-asks", "neffos.limits.inbound-queue",
				"neffos.limits.inbound-rate", "neffos.limits.inbound-burst", "neffos.limits.outbox-messages",
				"neffos.limits.outbox-size", "neffos.overflow", "neffos.rooms.relay", "neffos.errors.include-message",
				"neffos.browser-client.enabled", "management.endpoint.neffos.access",
				"management.endpoint.neffos.show-members", "management.endpoint.neffos.roles",
				"management.endpoint.neffos.max-rooms");
	}

	@Test
	void hintsAreForPropertiesThatExist() throws IOException {
		JsonNode metadata = read("META-INF/spring-configuration-metadata.json");
		Set<String> names = new HashSet<>();
		metadata.get("properties").forEach((property) -> names.add(property.get("name").asString()));
		for (JsonNode hint : read("META-INF/additional-spring-configuration-metadata.json").get("hints")) {
			assertThat(names).contains(hint.get("name").asString());
		}
	}

	private static JsonNode read(String path) throws IOException {
		ClassLoader loader = NeffosProperties.class.getClassLoader();
		String location = NeffosProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		URL found = Collections.list(loader.getResources(path))
			.stream()
			.filter((url) -> url.toString().contains(location))
			.findFirst()
			.orElseThrow();
		try (InputStream in = found.openStream()) {
			return JSON.readTree(in);
		}
	}

}
