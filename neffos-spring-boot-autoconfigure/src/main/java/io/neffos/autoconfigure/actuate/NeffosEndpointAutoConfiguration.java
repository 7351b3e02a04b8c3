package io.neffos.autoconfigure.actuate;

import io.neffos.NeffosServer;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the Actuator endpoint, under the
 * rules of Actuator for access and exposure.
 */
@AutoConfiguration(afterName = "io.neffos.autoconfigure.NeffosAutoConfiguration")
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(NeffosServer.class)
@ConditionalOnAvailableEndpoint(NeffosManagementEndpoint.class)
@EnableConfigurationProperties(NeffosEndpointProperties.class)
final class NeffosEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NeffosManagementEndpoint neffosManagementEndpoint(NeffosServer server, NeffosEndpointProperties properties) {
		if (properties.maxRooms() < 1) {
			throw new InvalidConfigurationPropertyValueException("management.endpoint.neffos.max-rooms",
					properties.maxRooms(), "The number must be 1 or more");
		}
		return new NeffosManagementEndpoint(server, properties);
	}

}
