package io.neffos.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.neffos.NSConn;
import io.neffos.RoomInfo;
import io.neffos.engine.Member;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one namespace, and in which of its rooms.
 * <p>
 * A room enters the map before its first member and leaves it with its last, both under
 * the lock of its group; a join that meets a dead group looks again. Its creation and
 * destruction are queued under the same lock, so that they alternate.
 */
final class NamespaceIndex {

	private final String name;

	private final Group everybody = new Group("");

	private final ConcurrentMap<String, Group> rooms = new ConcurrentHashMap<>();

	private final RoomLifecycle lifecycle;

	NamespaceIndex(String name, RoomLifecycle lifecycle) {
		this.name = name;
		this.lifecycle = lifecycle;
	}

	String name() {
		return this.name;
	}

	Group everybody() {
		return this.everybody;
	}

	@Nullable Group room(String room) {
		return this.rooms.get(room);
	}

	/** The text that the members of a room share as its name. */
	String roomName(String room) {
		Group group = this.rooms.get(room);
		return (group != null) ? group.name() : room;
	}

	void enter(Member member) {
		synchronized (this.everybody) {
			this.everybody.add(member);
		}
	}

	void exit(Member member) {
		synchronized (this.everybody) {
			this.everybody.remove(member);
		}
	}

	/** Add a member to a room; returns what it has to wait for. */
	@Nullable CompletionStage<?> join(Member member, String room) {
		boolean listened = this.lifecycle.isListenedTo();
		while (true) {
			Group group = this.rooms.computeIfAbsent(room, Group::new);
			CompletableFuture<?> created;
			boolean first;
			synchronized (group) {
				if (group.isDead()) {
					continue;
				}
				first = group.size() == 0;
				group.add(member);
				if (first) {
					group.created(this.lifecycle.enqueueCreated(new LiveRoom(this, room), listened));
				}
				created = group.created();
				if (created != null && created.isDone()) {
					group.created(null);
				}
			}
			if (first) {
				this.lifecycle.run();
			}
			return created;
		}
	}

	/** Remove a member from a room; returns what it has to wait for. */
	@Nullable CompletionStage<?> leave(Member member, String room) {
		Group group = this.rooms.get(room);
		if (group == null) {
			return null;
		}
		boolean listened = this.lifecycle.isListenedTo();
		CompletableFuture<?> destroyed;
		synchronized (group) {
			if (!group.remove(member) || group.size() > 0) {
				return null;
			}
			group.markDead();
			// Before it leaves the map: from then on the next room of this name is
			// created, under a lock of its own.
			destroyed = this.lifecycle.enqueueDestroyed(new LiveRoom(this, room), listened);
			this.rooms.remove(room, group);
		}
		this.lifecycle.run();
		return destroyed;
	}

	List<RoomInfo> rooms() {
		List<RoomInfo> result = new ArrayList<>(this.rooms.size());
		this.rooms.forEach((room, group) -> {
			if (group.size() > 0) {
				result.add(new LiveRoom(this, room));
			}
		});
		return result;
	}

	int roomCount() {
		return this.rooms.size();
	}

	int size(String room) {
		Group group = this.rooms.get(room);
		return (group != null) ? group.size() : 0;
	}

	List<NSConn> members(String room) {
		Group group = this.rooms.get(room);
		return (group != null) ? group.nsConns() : List.of();
	}

	/** A room by its name, looked up anew by each call. */
	record LiveRoom(NamespaceIndex index, String name) implements RoomInfo {

		@Override
		public String namespace() {
			return this.index.name();
		}

		@Override
		public int size() {
			return this.index.size(this.name);
		}

		@Override
		public List<NSConn> members() {
			return this.index.members(this.name);
		}

		@Override
		public String toString() {
			return "RoomInfo[" + this.name + " in " + namespace() + "]";
		}

	}

}
