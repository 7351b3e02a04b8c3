package io.neffos.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * {@link Endpoint @Endpoint} that tells which namespaces and rooms there are, and how
 * many connections are in each. Costs a walk over the rooms that are listed; never
 * blocks. What it tells was true while it looked, room by room.
 *
 * @since 0.1.0
 */
@Endpoint(id = "neffos")
public class NeffosManagementEndpoint {

	private final NeffosServer server;

	private final NeffosEndpointProperties properties;

	/**
	 * Create the endpoint.
	 * @param server the server to look at
	 * @param properties what to show
	 */
	public NeffosManagementEndpoint(NeffosServer server, NeffosEndpointProperties properties) {
		this.server = server;
		this.properties = properties;
	}

	/**
	 * All connections, and every namespace with a page of its rooms.
	 * @param page the number of the page, from 0, which is also the default
	 * @param size how many rooms of each namespace to list; at most, and by default,
	 * {@code management.endpoint.neffos.max-rooms}
	 * @return the counts
	 */
	@ReadOperation
	public Server server(@Nullable Integer page, @Nullable Integer size) {
		RoomPage wanted = RoomPage.of(page, size, this.properties.maxRooms());
		Map<String, Namespace> namespaces = new LinkedHashMap<>();
		for (String name : new TreeSet<>(this.server.namespaces())) {
			namespaces.put(name, describe(name, wanted));
		}
		return new Server(this.server.connectionCount(), namespaces);
	}

	/**
	 * One namespace with a page of its rooms.
	 * @param namespace its name
	 * @param page the number of the page, from 0, which is also the default
	 * @param size how many rooms to list; at most, and by default,
	 * {@code management.endpoint.neffos.max-rooms}
	 * @return the counts, or {@code null} if it is not declared
	 */
	@ReadOperation
	public @Nullable Namespace namespace(@Selector String namespace, @Nullable Integer page, @Nullable Integer size) {
		RoomPage wanted = RoomPage.of(page, size, this.properties.maxRooms());
		return this.server.namespaces().contains(namespace) ? describe(namespace, wanted) : null;
	}

	/**
	 * One room.
	 * @param securityContext who asks
	 * @param namespace the namespace
	 * @param room the name of the room; slashes in it separate segments of the path
	 * @return its size, and its members if they may be seen, or {@code null} if there is
	 * no such room
	 */
	@ReadOperation
	public @Nullable RoomView room(SecurityContext securityContext, @Selector String namespace,
			@Selector(match = Match.ALL_REMAINING) String... room) {
		RoomInfo found = this.server.namespaces().contains(namespace)
				? this.server.room(namespace, String.join("/", room)) : null;
		if (found == null) {
			return null;
		}
		if (!this.properties.showMembers().isShown(securityContext, this.properties.roles())) {
			int size = found.size();
			return (size > 0) ? new RoomView(size, null) : null;
		}
		List<String> members = found.members().stream().map((member) -> member.conn().id()).sorted().toList();
		return members.isEmpty() ? null : new RoomView(members.size(), members);
	}

	private Namespace describe(String name, RoomPage page) {
		RoomPage.Selection selection = page.select(this.server.rooms(name));
		return new Namespace(this.server.connectionCount(name), selection.rooms(),
				selection.isCut() ? selection.total() : null, selection.isCut() ? page.number() : null);
	}

	/**
	 * A server.
	 *
	 * @param connections how many connections there are
	 * @param namespaces the namespaces that are declared, by name
	 */
	@JsonPropertyOrder({ "connections", "namespaces" })
	public record Server(int connections, Map<String, Namespace> namespaces) implements OperationResponseBody {
	}

	/**
	 * A namespace.
	 *
	 * @param connections how many connections are in it
	 * @param rooms the sizes of its rooms by name, the largest first
	 * @param roomsTotal how many rooms there are, or {@code null} if all are listed
	 * @param page the number of the page, from 0, or {@code null} if all are listed
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonPropertyOrder({ "connections", "rooms", "roomsTotal", "page" })
	public record Namespace(int connections, Map<String, Integer> rooms, @Nullable Integer roomsTotal,
			@Nullable Integer page) implements OperationResponseBody {
	}

	/**
	 * A room.
	 *
	 * @param size how many connections have joined
	 * @param members their ids in alphabetical order, or {@code null} if they are not
	 * shown
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonPropertyOrder({ "size", "members" })
	public record RoomView(int size, @Nullable List<String> members) implements OperationResponseBody {
	}

}
