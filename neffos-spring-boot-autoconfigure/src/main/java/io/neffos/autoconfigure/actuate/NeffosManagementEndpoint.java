package io.neffos.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.neffos.AskTimeoutException;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.RoomMember;
import io.neffos.Scope;
import io.neffos.ServerInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * {@link Endpoint @Endpoint} that tells which namespaces and rooms there are, and how
 * many connections are in each, on this server or in the cluster. Costs a walk over the
 * rooms that are listed; never blocks, but for the members of a room of the cluster,
 * which other servers are asked for. What it tells of this server was true while it
 * looked, room by room; what it tells of others is what they last said.
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
	 * @param scope {@code local} for this server, which is the default, or
	 * {@code cluster}
	 * @return the counts
	 */
	@ReadOperation
	public Server server(@Nullable Integer page, @Nullable Integer size, @Nullable String scope) {
		RoomPage wanted = RoomPage.of(page, size, this.properties.maxRooms());
		Scope reach = ScopeParameter.read(scope);
		Map<String, Namespace> namespaces = new LinkedHashMap<>();
		for (String name : new TreeSet<>(this.server.namespaces())) {
			namespaces.put(name, describe(name, wanted, reach));
		}
		return new Server(this.server.connectionCount(reach), namespaces,
				(reach == Scope.CLUSTER) ? this.server.servers().stream().map(LiveServer::of).toList() : null);
	}

	/**
	 * One namespace with a page of its rooms.
	 * @param namespace its name
	 * @param page the number of the page, from 0, which is also the default
	 * @param size how many rooms to list; at most, and by default,
	 * {@code management.endpoint.neffos.max-rooms}
	 * @param scope {@code local} for this server, which is the default, or
	 * {@code cluster}
	 * @return the counts, or {@code null} if it is not declared
	 */
	@ReadOperation
	public @Nullable Namespace namespace(@Selector String namespace, @Nullable Integer page, @Nullable Integer size,
			@Nullable String scope) {
		RoomPage wanted = RoomPage.of(page, size, this.properties.maxRooms());
		Scope reach = ScopeParameter.read(scope);
		return this.server.namespaces().contains(namespace) ? describe(namespace, wanted, reach) : null;
	}

	/**
	 * One room.
	 * @param securityContext who asks
	 * @param scope {@code local} for this server, which is the default, or
	 * {@code cluster}
	 * @param namespace the namespace
	 * @param room the name of the room; slashes in it separate segments of the path
	 * @return its size, and its members if they may be seen, or {@code null} if there is
	 * no such room
	 */
	@ReadOperation
	public @Nullable RoomView room(SecurityContext securityContext, @Nullable String scope, @Selector String namespace,
			@Selector(match = Match.ALL_REMAINING) String... room) {
		Scope reach = ScopeParameter.read(scope);
		RoomInfo found = this.server.namespaces().contains(namespace)
				? this.server.room(namespace, String.join("/", room), reach) : null;
		if (found == null) {
			return null;
		}
		List<String> members = this.properties.showMembers().isShown(securityContext, this.properties.roles())
				? members(found, reach) : null;
		int size = (members != null) ? members.size() : found.size();
		return (size > 0) ? new RoomView(size, members) : null;
	}

	private static @Nullable List<String> members(RoomInfo room, Scope scope) {
		if (scope == Scope.LOCAL) {
			return room.members().stream().map((member) -> member.conn().id()).sorted().toList();
		}
		try {
			return room.allMembers().stream().map(RoomMember::id).sorted().toList();
		}
		catch (AskTimeoutException ex) {
			// A server that is about to be found dead: the size is known all the same.
			return null;
		}
	}

	private Namespace describe(String name, RoomPage page, Scope scope) {
		RoomPage.Selection selection = page.select(this.server.rooms(name, scope));
		return new Namespace(this.server.connectionCount(name, scope), selection.rooms(),
				selection.isCut() ? selection.total() : null, selection.isCut() ? page.number() : null);
	}

	/**
	 * A server, or a cluster of them.
	 *
	 * @param connections how many connections there are
	 * @param namespaces the namespaces that are declared, by name
	 * @param servers the servers of the cluster that are alive, or {@code null} if only
	 * this one was asked for
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonPropertyOrder({ "connections", "namespaces", "servers" })
	public record Server(int connections, Map<String, Namespace> namespaces,
			@Nullable List<LiveServer> servers) implements OperationResponseBody {
	}

	/**
	 * A server of the cluster that is alive.
	 *
	 * @param id what tells it from all others; new whenever it starts
	 * @param name what the application calls it
	 * @param ageMillis how many milliseconds ago it was last heard of
	 * @param connections how many connections it has
	 * @param self whether it is the server that was asked
	 */
	@JsonPropertyOrder({ "id", "name", "ageMillis", "connections", "self" })
	public record LiveServer(String id, String name, long ageMillis, int connections, boolean self) {

		static LiveServer of(ServerInfo server) {
			return new LiveServer(server.id(), server.name(), server.age().toMillis(), server.connections(),
					server.self());
		}

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
	 * @param members the ids of their connections in alphabetical order, or {@code null}
	 * if they are not shown, or a server did not tell them in time
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonPropertyOrder({ "size", "members" })
	public record RoomView(int size, @Nullable List<String> members) implements OperationResponseBody {
	}

}
