package io.neffos.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ObjIntConsumer;

import io.neffos.NSConn;
import io.neffos.RoomInfo;
import io.neffos.Scope;
import io.neffos.cluster.Cluster;
import io.neffos.engine.Joining;
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

	private final Views views;

	private final @Nullable Cluster cluster;

	/**
	 * Create an index without anybody in it.
	 * @param name the namespace
	 * @param lifecycle tells that rooms come and go
	 * @param views makes views of rooms
	 * @param cluster who is told of changes, or {@code null} if there are no other
	 * servers
	 */
	NamespaceIndex(String name, RoomLifecycle lifecycle, Views views, @Nullable Cluster cluster) {
		this.name = name;
		this.lifecycle = lifecycle;
		this.views = views;
		this.cluster = cluster;
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
	@Nullable Joining join(Member member, String room) {
		boolean listened = this.lifecycle.isListenedTo();
		while (true) {
			Group group = this.rooms.computeIfAbsent(room, Group::new);
			CompletableFuture<@Nullable Void> reachable = null;
			Joining joining;
			boolean first;
			synchronized (group) {
				if (group.isDead()) {
					continue;
				}
				first = group.size() == 0;
				group.add(member);
				if (first) {
					CompletableFuture<?> created = this.lifecycle.enqueueCreated(live(room), listened);
					reachable = (this.cluster != null) ? new CompletableFuture<>() : null;
					group.joining((reachable != null || created != null) ? new Joining(reachable, created) : null);
				}
				joining = group.joining();
			}
			if (first) {
				this.lifecycle.run();
			}
			if (this.cluster != null) {
				changed(this.cluster, room, reachable);
			}
			return joining;
		}
	}

	/** Tell other servers, without a lock; with a future, listen to them first. */
	private void changed(Cluster servers, String room, @Nullable CompletableFuture<@Nullable Void> reachable) {
		if (reachable != null) {
			servers.roomOpened(this.name, room).whenComplete((value, failure) -> reachable.complete(null));
		}
		servers.roomChanged(this.name, room, reachable != null);
	}

	/** Remove a member from a room; returns what it has to wait for. */
	@Nullable CompletionStage<?> leave(Member member, String room) {
		Group group = this.rooms.get(room);
		if (group == null) {
			return null;
		}
		boolean listened = this.lifecycle.isListenedTo();
		CompletableFuture<?> destroyed = null;
		boolean last;
		synchronized (group) {
			if (!group.remove(member)) {
				return null;
			}
			last = group.size() == 0;
			if (last) {
				group.markDead();
				// Before it leaves the map: from then on the next room of this name is
				// created, under a lock of its own.
				destroyed = this.lifecycle.enqueueDestroyed(live(room), listened);
				this.rooms.remove(room, group);
			}
		}
		if (last) {
			this.lifecycle.run();
		}
		if (this.cluster != null) {
			if (last) {
				this.cluster.roomClosed(this.name, room);
			}
			this.cluster.roomChanged(this.name, room, false);
		}
		return destroyed;
	}

	/** What is told of a room whose life ends or begins here. */
	private RoomInfo live(String room) {
		return this.views.of(this.name, room, (this.cluster != null) ? Scope.LOCAL : Scope.CLUSTER);
	}

	/** A room came or went in the cluster. */
	void clusterLife(String room, boolean created) {
		this.lifecycle.cluster(this.views.of(this.name, room, Scope.CLUSTER), created);
	}

	/** Name all rooms. */
	void eachRoom(ObjIntConsumer<String> each) {
		this.rooms.forEach((room, group) -> {
			if (group.size() > 0) {
				each.accept(room, group.size());
			}
		});
	}

	/** The names of all rooms. */
	List<String> rooms() {
		List<String> result = new ArrayList<>(this.rooms.size());
		eachRoom((room, size) -> result.add(room));
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

	/** Makes views of rooms. */
	@FunctionalInterface
	interface Views {

		RoomInfo of(String namespace, String room, Scope scope);

	}

}
