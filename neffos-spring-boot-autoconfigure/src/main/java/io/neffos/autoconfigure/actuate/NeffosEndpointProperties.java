package io.neffos.autoconfigure.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the Actuator endpoint. Immutable.
 *
 * @param showMembers When to show the connection ids of the members of a room.
 * @param roles Roles whose users are authorized to see members. Without any, every
 * authenticated user is.
 * @param maxRooms Rooms of a namespace that are listed at most. Further ones are on
 * further pages.
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.neffos")
public record NeffosEndpointProperties(@DefaultValue("never") Show showMembers, @DefaultValue Set<String> roles,
		@DefaultValue("100") int maxRooms) {
}
