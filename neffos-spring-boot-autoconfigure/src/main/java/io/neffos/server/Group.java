package io.neffos.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.neffos.Exclude;
import io.neffos.NSConn;
import io.neffos.engine.Joining;
import io.neffos.engine.Member;
import io.neffos.engine.Wakes;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * Members of a namespace or of a room: an array in which each member knows its place.
 * <p>
 * The lock of the group makes one order of everything that is sent to it, which is what
 * gives all members of a room the same order. While it is held messages are only queued;
 * they are written afterwards.
 */
final class Group {

	private final String name;

	/** Guarded by this. */
	private Member[] members = new Member[2];

	private volatile int size;

	/** Guarded by this: it became empty and has left the index. */
	private boolean dead;

	/** Guarded by this: what joins have to wait for, while there is something. */
	private @Nullable Joining joining;

	/**
	 * Create an empty group.
	 * @param name the room, empty for that of a namespace
	 */
	Group(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	/** Add a member. Under the lock of this group, which the caller holds. */
	void add(Member member) {
		int at = this.size;
		if (at == this.members.length) {
			this.members = Arrays.copyOf(this.members, at + (at >> 1) + 1);
		}
		this.members[at] = member;
		member.slot(at);
		this.size = at + 1;
	}

	/** Remove a member. Under the lock of this group, which the caller holds. */
	boolean remove(Member member) {
		int at = member.slot();
		if (at < 0 || at >= this.size || this.members[at] != member) {
			return false;
		}
		int last = this.size - 1;
		Member moved = this.members[last];
		this.members[at] = moved;
		moved.slot(at);
		member.slot(-1);
		Arrays.fill(this.members, last, last + 1, null);
		this.size = last;
		if (last > 4 && last < this.members.length / 4) {
			this.members = Arrays.copyOf(this.members, this.members.length / 2);
		}
		return true;
	}

	int size() {
		return this.size;
	}

	boolean isDead() {
		return this.dead;
	}

	void markDead() {
		this.dead = true;
	}

	/** Under the lock of this group, which the caller holds. */
	@Nullable Joining joining() {
		Joining known = this.joining;
		if (known != null && isDone(known.reachable()) && isDone(known.created())) {
			known = null;
			this.joining = null;
		}
		return known;
	}

	/** Under the lock of this group, which the caller holds. */
	void joining(@Nullable Joining value) {
		this.joining = value;
	}

	private static boolean isDone(@Nullable CompletionStage<?> stage) {
		return stage == null || stage.toCompletableFuture().isDone();
	}

	/**
	 * Send a message to all members but some.
	 * @return how many it was queued for
	 */
	int send(WireFrame frame, Exclude exclude) {
		Wakes wakes = new Wakes();
		int count = 0;
		synchronized (this) {
			for (int i = 0; i < this.size; i++) {
				Member member = this.members[i];
				if (!exclude.excludes(member.engineConn()) && member.enqueue(frame, wakes)) {
					count++;
				}
			}
		}
		wakes.run();
		return count;
	}

	/** Who is in the group now. */
	List<Member> snapshot() {
		synchronized (this) {
			return new ArrayList<>(Arrays.asList(this.members).subList(0, this.size));
		}
	}

	List<NSConn> nsConns() {
		List<NSConn> result;
		synchronized (this) {
			result = new ArrayList<>(this.size);
			for (int i = 0; i < this.size; i++) {
				result.add(this.members[i].nsConn());
			}
		}
		return result;
	}

}
