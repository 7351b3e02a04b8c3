package io.neffos.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.RoomMember;
import io.neffos.Scope;
import io.neffos.ServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Tells the visitors of this server who is in their rooms, which rooms there are, and
 * which servers. Each server tells its own visitors only. How many members a room has on
 * other servers is known here; who they are has to be asked, which is done when the count
 * says that something has changed, and from time to time because the count does not show
 * one who left while another came.
 * <p>
 * Two visitors can come at the same time, on two threads. Looking and telling are one
 * step, so that what is told last is what was seen last. Neither ever blocks.
 */
final class Noticeboard {

	private static final String CHAT = "chat";

	/** How many looks there are between two questions that no count gives reason for. */
	private static final int SELDOM = 10;

	private final NeffosServer server;

	/** By room, the names of its members on other servers. */
	private final Map<String, List<String>> elsewhere = new HashMap<>();

	/** Rooms whose question is not answered yet. */
	private final Set<String> asking = new HashSet<>();

	private List<RoomSize> told = List.of();

	private Place place;

	private int looks;

	Noticeboard(NeffosServer server) {
		this.server = server;
		this.place = place();
	}

	/** A visitor of this server has joined a room or left it. */
	synchronized void changed(String room) {
		tellPresence(room);
		tellRooms(RoomSize.listOf(this.server));
		RoomInfo here = this.server.room(CHAT, room, Scope.LOCAL);
		if (here != null) {
			lookAt(here, false);
		}
	}

	/** Something may have changed on another server. */
	synchronized void look() {
		Place now = place();
		if (!now.equals(this.place)) {
			this.place = now;
			this.server.connections(CHAT).forEach((visitor) -> visitor.emit("servers", now));
		}
		List<RoomSize> sizes = RoomSize.listOf(this.server);
		if (!sizes.equals(this.told)) {
			tellRooms(sizes);
		}
		this.looks++;
		Set<String> rooms = new HashSet<>();
		for (RoomInfo here : this.server.rooms(CHAT, Scope.LOCAL)) {
			rooms.add(here.name());
			lookAt(here, this.looks % SELDOM == 0);
		}
		this.elsewhere.keySet().retainAll(rooms);
	}

	private void lookAt(RoomInfo here, boolean ask) {
		String name = here.name();
		RoomInfo everywhere = this.server.room(CHAT, name);
		if (everywhere == null) {
			return;
		}
		int others = everywhere.size() - here.size();
		int known = this.elsewhere.getOrDefault(name, List.of()).size();
		boolean differs = others != known || (ask && others > 0);
		if (differs && this.asking.add(name)) {
			everywhere.allMembersAsync().whenComplete((members, failure) -> answered(name, members));
		}
	}

	/**
	 * Without an answer the count still differs, and the next look asks again.
	 * @param members all members, or {@code null} if a server did not answer
	 */
	private synchronized void answered(String room, @Nullable List<RoomMember> members) {
		this.asking.remove(room);
		if (members == null) {
			return;
		}
		String self = self().id();
		List<String> names = members.stream()
			.filter((member) -> !member.server().equals(self))
			.map((member) -> Visitor.name(member.id()))
			.sorted()
			.toList();
		List<String> before = this.elsewhere.put(room, names);
		if (!names.equals((before != null) ? before : List.of())) {
			tellPresence(room);
		}
	}

	private void tellPresence(String name) {
		RoomInfo here = this.server.room(CHAT, name, Scope.LOCAL);
		if (here == null) {
			return;
		}
		List<NSConn> visitors = here.members();
		List<String> names = new ArrayList<>(visitors.stream().map(Visitor::name).toList());
		names.addAll(this.elsewhere.getOrDefault(name, List.of()));
		Message message = Message.builder()
			.namespace(CHAT)
			.room(name)
			.event("presence")
			.body(new Presence(names))
			.build();
		visitors.forEach((visitor) -> visitor.conn().write(message));
	}

	private void tellRooms(List<RoomSize> sizes) {
		this.told = sizes;
		this.server.connections(CHAT).forEach((visitor) -> visitor.emit("rooms", sizes));
	}

	/** Where visitors of this server are; without a cluster nothing has a name. */
	Place place() {
		List<String> servers = this.server.servers().stream().map(ServerInfo::name).sorted().toList();
		return new Place(self().name(), servers);
	}

	private ServerInfo self() {
		return this.server.servers().stream().filter(ServerInfo::self).findFirst().orElseThrow();
	}

	record Presence(List<String> members) {
	}

	record Place(String server, List<String> servers) {
	}

}
