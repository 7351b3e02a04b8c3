package io.neffos.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.Conn;
import io.neffos.NSConn;

/**
 * What happened to each connection, and how often. Forgets lives that ended as they
 * should.
 */
final class Chronicle {

	private final Map<String, Map<String, Integer>> lives = new ConcurrentHashMap<>();

	private final Map<String, Integer> totals = new ConcurrentHashMap<>();

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	private final AtomicInteger succeeded = new AtomicInteger();

	void note(NSConn ns, String what, String room) {
		note(ns.conn(), what, room);
	}

	void note(Conn conn, String what, String room) {
		this.totals.merge(what, 1, Integer::sum);
		this.lives.compute(conn.id(), (id, known) -> {
			Map<String, Integer> life = (known != null) ? known : new ConcurrentHashMap<>();
			life.merge(key(what, room), 1, Integer::sum);
			// What comes after the end begins another life, which never ends.
			return isComplete(life) ? null : life;
		});
	}

	/** An operation whose end is awaited, however it ends. */
	void begun(CompletableFuture<?> operation) {
		this.begun.incrementAndGet();
		operation.whenComplete((value, failure) -> {
			this.ended.incrementAndGet();
			if (failure == null) {
				this.succeeded.incrementAndGet();
			}
		});
	}

	/** How many operations have not ended. */
	int pending() {
		return this.begun.get() - this.ended.get();
	}

	/** How many operations ended well. */
	int succeeded() {
		return this.succeeded.get();
	}

	/** How many connections are known whose ends have not all been told. */
	int lives() {
		return this.lives.size();
	}

	/** How often something happened to all of them. */
	int count(String what) {
		return this.totals.getOrDefault(what, 0);
	}

	/** Lives in which an ending is missing, or came twice. */
	List<String> mistakes() {
		List<String> mistakes = new ArrayList<>();
		this.lives.forEach((id, life) -> mistakes.add(id + " " + life));
		return mistakes;
	}

	private static boolean isComplete(Map<String, Integer> life) {
		boolean right = count(life, "closed", "") == 1 && count(life, "connected", "") <= 1
				&& count(life, "disconnect", "") == count(life, "connected", "");
		for (int i = 0; i < Storm.ROOMS && right; i++) {
			String room = "room-" + i;
			int joined = count(life, "joined", room);
			right = joined == count(life, "leave", room) && joined == count(life, "left", room);
		}
		return right;
	}

	private static int count(Map<String, Integer> life, String what, String room) {
		return life.getOrDefault(key(what, room), 0);
	}

	private static String key(String what, String room) {
		return what + " " + room;
	}

}
